// The ways in which a client may carry a call. The outcome must be the same as with a bare fetch in each.

const quiet = { tabs: false, persist: false, opaqueThrottling: "off" };

/**
 * @param {typeof import("api-service-client").ApiServiceClient} ApiServiceClient
 * @returns {Record<string, (call: (fetch: typeof globalThis.fetch) => Promise<unknown>) => Promise<unknown>>}
 */
export function ways(ApiServiceClient, base) {
  const by = (options, during) => async (call) => {
    const client = new ApiServiceClient({ ...quiet, ...options?.() });
    try {
      return await (during ?? atOnce)(client, call);
    } finally {
      client.close();
    }
  };
  return {
    "sent at once": by(),
    "sent after a pause": by(undefined, (client, call) => {
      client.pause();
      // The delay gives the caller time to change the passed objects.
      setTimeout(() => client.resume(), 1);
      return call(client.fetch);
    }),
    "sent again after a 429": by(throttledOnce, (client, call) => {
      // Even the shortest pause takes a hundred times as long as the rest of the call, so it is ended early.
      client.addEventListener("retry", () => setTimeout(() => client.resume()));
      return call(client.fetch);
    }),
    "with headers of the client's own": by(() => ({ baseUrl: base, headers: { "x-client": "1" } })),
    "with headers that take their time": by(() => ({
      baseUrl: base,
      headers: async () => ({ "x-client": "1" }),
    })),
  };
}

const atOnce = (client, call) => call(client.fetch);

/** Lets the first send reach the server, and replaces its answer by a 429. */
function throttledOnce() {
  let isFirst = true;
  return {
    async fetch(...args) {
      const answer = await globalThis.fetch(...args);
      if (!isFirst) return answer;
      isFirst = false;
      answer.body?.cancel().catch(() => {});
      return new Response(null, { status: 429, headers: { "retry-after": "0" } });
    },
  };
}
