import { QueryClient } from "@tanstack/query-core";
import { ENDPOINT } from "./endpoint.mjs";
import { retryAfterMs } from "./wait.mjs";

class Throttled extends Error {
  constructor(response) {
    super("429");
    this.response = response;
  }
}

export const tenRetries = {
  name: "TanStack Query, 10 retries",
  create({ fetch }) {
    const client = new QueryClient();
    const queryFn = async () => {
      const response = await fetch(ENDPOINT);
      if (response.status === 429) throw new Throttled(response);
      return response.json();
    };
    // Its default delay without a Retry-After: 1 s, doubling up to 30 s.
    const retryDelay = (failures, { response }) =>
      retryAfterMs(response) ?? Math.min(1_000 * 2 ** failures, 30_000);
    return {
      call: (index) => client.fetchQuery({ queryKey: [index], queryFn, retry: 10, retryDelay }),
      close: () => client.clear(),
    };
  },
};
