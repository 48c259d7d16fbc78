// What the tests of the contract drive: a gateway in place of the network, and time that they hold in their hands.
import { afterEach, beforeEach } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { FakeClock } from "../../web/fake-clock.js";

export const BASE = "https://api.example.com/";

/** A transport that answers as it is told, and keeps what it was given. */
export class Gateway {
  /** Every send so far: `input`, `init`, and the Request that a platform's fetch would make of the two. */
  sends = [];
  #answers = [];

  /**
   * The next sends are answered so, one after the other; every other send with 200.
   *
   * @param {...(Response | Error | Promise<Response> | ((request: Request) => Response | Promise<Response>))} answers
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

  /** The paths of everything sent so far. */
  get paths() {
    return this.sends.map(({ request }) => new URL(request.url).pathname);
  }

  get requests() {
    return this.sends.map(({ request }) => request);
  }

  /** A client of this gateway. Its backoff has no jitter, so that every wait is known to the millisecond. */
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

/** The same, with a gateway response that says how long to wait. */
export const throttledFor = (retryAfter) => throttled({ "retry-after": String(retryAfter) });

export function quotaExceeded() {
  return new Response('{"message":"Limit Exceeded"}', {
    status: 429,
    headers: { "x-amzn-errortype": "LimitExceededException" },
  });
}

/** An answer that the test gives when it likes. */
export function later() {
  let give;
  const promise = new Promise((resolve) => {
    give = resolve;
  });
  return Object.assign(promise, { give });
}

/** What has become of a promise so far: "pending", or what `Promise.allSettled` says. */
export function watch(promise) {
  const outcome = { status: "pending" };
  promise.then(
    (value) => Object.assign(outcome, { status: "fulfilled", value }),
    (reason) => Object.assign(outcome, { status: "rejected", reason }),
  );
  return outcome;
}

/** Time that stands still during each test of the file, unless the test lets it pass. */
export function virtualTime() {
  let clock;
  beforeEach(() => {
    clock = new FakeClock();
    clock.install();
  });
  afterEach(() => clock.uninstall());
  return {
    /** Lets so many milliseconds pass, and everything happen that is due. */
    pass: (ms) => clock.advance(ms),
    /** Lets everything happen that can without time passing. */
    settle: () => clock.advance(0),
    /** Somebody sets the wall clock, by so many milliseconds. */
    setWallClockBy: (ms) => clock.setWallClockBy(ms),
    get timers() {
      return clock.timers;
    },
  };
}

/** Every event of a client, by its type and detail, as it comes. */
export function heard(client) {
  const events = [];
  for (const type of ["throttled", "extended", "resumed", "retry", "quotaexceeded", "diagnostic"])
    client.addEventListener(type, ({ detail }) => events.push({ type, ...detail }));
  return events;
}
