import { setTimeout as sleep } from "node:timers/promises";
import { ApiServiceClient } from "api-service-client";

/** Without a Retry-After: the first wait, and the longest. */
const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * How a page calls its API: with nothing but a loop, or with this package.
 *
 * @type {Record<string, (it: { url: string, headers: HeadersInit, fetch: typeof fetch }) => (url: string) => Promise<Response>>}
 */
export const callers = {
  naive:
    ({ headers, fetch }) =>
    async (url) => {
      for (let attempt = 0; ; attempt++) {
        const response = await fetch(url, { headers });
        if (response.status !== 429) return response;
        await response.arrayBuffer();
        const asked = Number(response.headers.get("retry-after")) * 1_000;
        await sleep(asked || Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS) * Math.random());
      }
    },
  package: ({ url, headers, fetch }) => new ApiServiceClient({ baseUrl: url, headers, fetch }).fetch,
};
