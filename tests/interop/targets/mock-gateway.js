import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { startGateway } from "../../e2e/harness/mock-gateway.js";

const TEMPLATE = fileURLToPath(new URL("../../../infra/template.yaml", import.meta.url));

/**
 * The project's own imitation: each target is a process with the plan of the template and the given changes.
 */
export class MockGateway {
  name = "mock-gateway";
  #running = [];

  /** @type {import("./index.js").Serve} */
  async serve({ rate, burst, quota }, keys = 1) {
    const token = randomUUID();
    const values = Array.from({ length: keys }, () => randomUUID());
    const gateway = await startGateway({
      template: TEMPLATE,
      stage: "prod",
      rate: `${rate}/s`,
      burst,
      ...(quota && { quota: `${quota}/day` }),
      "api-key": values,
      "bearer-token": token,
    });
    this.#running.push(gateway);
    return {
      keys: values.map((key) => ({ url: gateway.url, headers: { "x-api-key": key, authorization: token } })),
      seen: async () => (await gateway.stats()).backend,
      stats: gateway.stats,
      metrics: gateway.metrics,
      decisions: async () => {
        const log = await gateway.log();
        return values.map((_, index) => log.filter(({ client }) => client === `key-${index + 1}`));
      },
    };
  }

  async stop() {
    await Promise.all(this.#running.map((gateway) => gateway.stop()));
  }
}
