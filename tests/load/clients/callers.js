/** The first and the longest wait without a Retry-After. */
const FIRST_MS = 250;
const LONGEST_MS = 8_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Two ways to call an API: with a simple loop, or with this package.
 *
 * @typedef {{ url: string, headers: HeadersInit, fetch: typeof fetch, ApiServiceClient: typeof
 *   import("api-service-client").ApiServiceClient }} Means
 * @type {Record<string, (means: Means) => (url: string) => Promise<Response>>}
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
  package: ({ ApiServiceClient, url, headers, fetch }) =>
    new ApiServiceClient({ baseUrl: url, headers, fetch }).fetch,
};
