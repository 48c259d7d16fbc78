import { describe, test } from "node:test";
import { project } from "./project.js";

const app = await project(["react", "@types/react"]);

const USE = `
import { ApiServiceClient, ApiServiceClientError, init, type ThrottleState } from "api-service-client";
import { ApiServiceClient as Slim, init as load } from "api-service-client/slim";
import { ApiServiceProvider, ThrottleNotice, useThrottleState } from "api-service-client/react";
import { MockGateway, type MockGatewayOptions } from "api-service-client/testing";

const client = new ApiServiceClient({ plan: { rate: 100 / 60, burst: 200 }, maxInFlight: 4 });
const fetchLike: typeof globalThis.fetch = client.fetch;
const state: ThrottleState = client.state;
client.addEventListener("throttled", (event) => event.detail.delayMs.toFixed());
// @ts-expect-error A misspelt option is a type error.
new ApiServiceClient({ maxInflight: 4 });
// @ts-expect-error The slim entry has no module to load.
load();
const busy: MockGatewayOptions = { plan: { rate: 1, burst: 1, quota: { limit: 9, period: "DAY" } }, retryAfter: 10 };
const gateway = new MockGateway(busy);
new ApiServiceClient({ fetch: gateway.fetch });
const throttled: number = gateway.stats.throttled;
// @ts-expect-error The period does not exist.
new MockGateway({ plan: { rate: 1, burst: 1, quota: { limit: 9, period: "YEAR" } } });

export const use = [fetchLike, state, ApiServiceClientError, init(), Slim, throttled];
export function App() {
  const queued: number = useThrottleState((state) => state.queued);
  return <ApiServiceProvider client={client}><ThrottleNotice />{queued}</ApiServiceProvider>;
}
`;

describe("the types hold", () => {
  const resolutions = { bundler: "ESNext", nodenext: "NodeNext" };
  for (const [moduleResolution, module] of Object.entries(resolutions)) {
    test(`for moduleResolution ${moduleResolution}`, async () => {
      await app.write("use.tsx", USE);
      await app.write(
        "tsconfig.json",
        JSON.stringify({
          compilerOptions: {
            strict: true,
            noEmit: true,
            target: "ES2022",
            lib: ["ES2022", "ESNext.Disposable", "DOM", "DOM.Iterable"],
            jsx: "react-jsx",
            types: [],
            skipLibCheck: false,
            module,
            moduleResolution,
          },
          files: ["use.tsx"],
        }),
      );
      await app.typecheck();
    });
  }
});
