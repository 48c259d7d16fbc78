// The harness of the behaviour tests: a gateway in place of the network, and virtual time.
import { afterEach, beforeEach } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { FakeClock } from "../../web/fake-clock.js";

export const BASE = "https://api.example.com/";

/** A transport with prepared answers that records its requests. */
export class Gateway {
  /** Every send so far: `input`, `init`, and the Request that the platform's fetch would build from both. */
  sends = [];
  #answers = [];

  /**
   * Prepares the answers of the next sends, in order. Every other send gets 200.
   *
   * @param {...(Response | Error | Promise<Response> | ((request: Request) => Response | Promise<Response>))}
   *   answers
   */
  answers(...answers) {
    this.#answers.push(...answers);
    return this;
  }

  fetch = async (input, init) => {
    const request = new Request(input, init);
    this.sends.push({ input, init, request });
    const answer = this.#answers.shift() ?? new Response("ok");
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer(request) : answer;
  };

  /** The paths of all sends so far. */
  get paths() {
    return this.sends.map(({ request }) => new URL(request.url).pathname);
  }

  get requests() {
    return this.sends.map(({ request }) => request);
  }

  /** A client of this gateway. Its backoff has no jitter, so every wait is known to the millisecond. */
  client(options) {
    return new ApiServiceClient({
      baseUrl: BASE,
      fetch: this.fetch,
      backoff: { jitter: "none" },
      tabs: false,
      persist: false,
      ...options,
    });
  }
}

/** A 429 as Amazon API Gateway sends it. */
export function throttled(headers) {
  return new Response('{"message":"Too Many Requests"}', {
    status: 429,
    headers: { "x-amzn-errortype": "TooManyRequestsException", ...headers },
  });
}

/** The same 429 with a `Retry-After`, as a configured gateway response sends it. */
export const throttledFor = (retryAfter) => throttled({ "retry-after": String(retryAfter) });

export function quotaExceeded() {
  return new Response('{"message":"Limit Exceeded"}', {
    status: 429,
    headers: { "x-amzn-errortype": "LimitExceededException" },
  });
}

/** An answer that the test completes later. */
export function later() {
  let give;
  const promise = new Promise((resolve) => {
    give = resolve;
  });
  return Object.assign(promise, { give });
}

/** Follows a promise: "pending", or its `Promise.allSettled` result. */
export function watch(promise) {
  const outcome = { status: "pending" };
  promise.then(
    (value) => Object.assign(outcome, { status: "fulfilled", value }),
    (reason) => Object.assign(outcome, { status: "rejected", reason }),
  );
  return outcome;
}

/** Virtual time for each test of the file. It passes only when the test advances it. */
export function virtualTime() {
  let clock;
  beforeEach(() => {
    clock = new FakeClock();
    clock.install();
  });
  afterEach(() => clock.uninstall());
  return {
    /** Advances time by `ms` milliseconds and runs everything due. */
    pass: (ms) => clock.advance(ms),
    /** Runs everything due without advancing time. */
    settle: () => clock.advance(0),
    /** Sets the wall clock forward by `ms` milliseconds, or back. */
    setWallClockBy: (ms) => clock.setWallClockBy(ms),
    get timers() {
      return clock.timers;
    },
  };
}

/** Collects every event of a client with type and detail. */
export function heard(client) {
  const events = [];
  for (const type of ["throttled", "extended", "resumed", "retry", "quotaexceeded", "diagnostic"])
    client.addEventListener(type, ({ detail }) => events.push({ type, ...detail }));
  return events;
}
