import { act, cleanup, render, screen } from "@testing-library/react";
import type { ApiServiceClientOptions } from "api-service-client";
import {
  ApiServiceProvider,
  ThrottleNotice,
  useApiServiceClient,
  useThrottleState,
} from "api-service-client/react";
import type { ReactElement } from "react";
import { StrictMode, useEffect, useState } from "react";
import { afterEach, describe, expect, test } from "vitest";
import { spoken } from "../bindings/spoken.js";

afterEach(cleanup);

/** A gateway in one function: admits `burst` requests, refuses for one second, then admits everything. */
function gateway(burst: number) {
  let left = burst;
  let openAgain = Infinity;
  const log: number[] = [];
  const fetch = async (): Promise<Response> => {
    if (left === 0 && openAgain === Infinity) openAgain = Date.now() + 1_000;
    const refused = left === 0 && Date.now() < openAgain;
    if (left > 0) left -= 1;
    const status = refused ? 429 : 200;
    log.push(status);
    return new Response(null, { status, headers: refused ? { "retry-after": "1" } : {} });
  };
  return { fetch, log };
}

/** Fetches `count` items when mounted, and shows the number received. */
function Items({ count }: { count: number }): ReactElement {
  const client = useApiServiceClient();
  const status = useThrottleState((state) => state.status);
  const [come, setCome] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    for (let item = 0; item < count; item += 1) {
      client
        .fetch(`/items/${item}`, { signal: gone.signal })
        .then(() => setCome((n) => n + 1))
        .catch((error: Error) => {
          if (error.name !== "AbortError") throw error;
        });
    }
    return () => gone.abort();
  }, [client, count]);
  return (
    <p>
      {come} come, {status}
    </p>
  );
}

describe("an application in StrictMode, above a burst of 5", () => {
  const app = (fetch: ApiServiceClientOptions["fetch"]): ReactElement => (
    <StrictMode>
      <ApiServiceProvider
        options={{ baseUrl: "https://api.example.com", tabs: false, persist: false, ...(fetch && { fetch }) }}
      >
        <Items count={8} />
        <ThrottleNotice minPauseMs={500} />
      </ApiServiceProvider>
    </StrictMode>
  );

  test("gets all of its 8 items, and tells its user once that it had to wait", async () => {
    const { fetch } = gateway(5);
    render(app(fetch));
    const region = screen.getByRole("status");
    const texts = spoken(region);
    await screen.findByText("The application is busy, please try again in a moment.");
    await screen.findByText("8 come, open", {}, { timeout: 10_000 });
    expect(texts).toEqual(["The application is busy, please try again in a moment."]);
    expect(region.textContent).toBe("");
  });

  test("sends nothing more once it is gone", async () => {
    const { fetch, log } = gateway(5);
    const { unmount } = render(app(fetch));
    await screen.findByText("The application is busy, please try again in a moment.");
    unmount();
    const sent = log.length;
    await act(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
    expect(log).toHaveLength(sent);
  });
});
