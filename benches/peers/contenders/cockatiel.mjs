import { bulkhead, ExponentialBackoff, handleWhenResult, retry, wrap } from "cockatiel";
import { ENDPOINT, served } from "./endpoint.mjs";
import { retryAfterMs } from "./wait.mjs";

export const tenRetries = {
  name: "cockatiel, 10 retries, bulkhead 16",
  create({ fetch }) {
    const policy = wrap(
      bulkhead(16, Number.POSITIVE_INFINITY),
      retry(
        handleWhenResult((response) => response.status === 429),
        { maxAttempts: 10, backoff: new RetryAfterOrExponential() },
      ),
    );
    return { call: () => served(policy.execute(() => fetch(ENDPOINT))) };
  },
};

class RetryAfterOrExponential {
  #exponential;

  constructor(exponential = new ExponentialBackoff()) {
    this.#exponential = exponential;
  }

  next(context) {
    const exponential = this.#exponential.next(context);
    const duration = retryAfterMs(context.result.value) ?? exponential.duration;
    return { duration, next: (later) => new RetryAfterOrExponential(exponential).next(later) };
  }
}
