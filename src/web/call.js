import { copyOfInit, isStream, priorityOf } from "./init.js";
import { checkedMillis } from "./options.js";
import { absoluteUrl, originOf } from "./urls.js";

// What becomes of an answer; the same numbers stand in verdict.rs.
const DELIVER = 0;
const WITHHELD = 1;
const UNDECIDED = 2;

// A body that hangs must not hold its request for good. Less than the second for which the core holds the scope on
// the suspicion: whatever the timers, nothing leaves between the two.
const LONGEST_LOOK_MS = 900;

const IDEMPOTENT = /^(GET|HEAD|OPTIONS|PUT|DELETE)$/;
// Bits of what `enter` of the core is told of a request, above its priority; the same stand in core.rs.
const RESEND = 4;
const AGAIN_IF_UNAVAILABLE = 8;

let calls = 0;

/** One call of fetch, from the moment it is made until its promise is settled. */
export class Call {
  #calls;
  #lane;
  #ticket;
  /** What the core knows it by. */
  #number;
  #resolve;
  #reject;

  constructor(calls, input, init) {
    this.#calls = calls;
    const isRequest = typeof input === "object" && input !== null && typeof input.clone === "function";
    // A Request built from a Request takes its body over, as fetch does, and no longer changes with it.
    this.input = isRequest
      ? new Request(input)
      : calls.resolve(typeof input === "string" ? input : String(input));
    this.init = init === undefined || init === null ? undefined : copyOfInit(init);
    this.url = absoluteUrl(isRequest ? input.url : this.input, calls.page) ?? String(this.input);
    this.origin = originOf(this.url);
    this.method = String(init?.method ?? (isRequest ? input.method : "GET")).toUpperCase();
    this.signal = init?.signal !== undefined ? init.signal : isRequest ? this.input.signal : undefined;
    this.resend = init?.throttle?.retry !== false && !isStream(init?.body);
  }

  /** Enters the scope's queue. Returns the caller's promise. */
  enter(lane, init, maxWaitMs) {
    const { core, number } = lane;
    const wait = init?.throttle?.maxWaitMs;
    const flags = this.resend ? RESEND | (this.#isIdempotent() ? AGAIN_IF_UNAVAILABLE : 0) : 0;
    calls = (calls + 1) >>> 0;
    this.#number = calls;
    this.#lane = lane;
    const ticket = core.enter(
      number,
      this.#number,
      flags | priorityOf(init),
      wait === undefined ? maxWaitMs : checkedMillis("throttle.maxWaitMs", wait),
    );
    if (ticket === 0) throw lane.rejection();
    // A ticket below zero waits.
    this.#ticket = Math.abs(ticket);
    return this.#watched(ticket > 0 ? this.#transmit() : this.#wait());
  }

  /** The core sends what has waited. */
  send() {
    this.#resolve(this.#transmit());
  }

  /** The core gives it up. */
  reject(error) {
    this.#reject(error);
  }

  #isIdempotent() {
    if (IDEMPOTENT.test(this.method)) return true;
    const own = this.init?.headers ?? (typeof this.input === "string" ? undefined : this.input.headers);
    return own !== undefined && new Headers(own).has("idempotency-key");
  }

  /** Keeps an eye on the caller's signal until the promise is settled, which an abort does at once. */
  #watched(promise) {
    const signal = this.signal;
    if (!signal) return promise;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        const lane = this.#lane;
        lane.core.abort(lane.number, this.#ticket);
        lane.waiting.delete(this.#number);
        reject(signal.reason);
        lane.drive();
      };
      signal.addEventListener("abort", onAbort, { once: true });
      // The transport, or what it was to send, may have aborted it already.
      if (signal.aborted) onAbort();
      promise
        .then(resolve, reject)
        // A signal may outlive thousands of calls: none leaves its listener there.
        .finally(() => signal.removeEventListener("abort", onAbort));
    });
  }

  /** A promise for as long as the call waits. */
  #wait() {
    this.#lane.waiting.set(this.#number, this);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  #transmit() {
    let answer;
    try {
      answer = Promise.resolve(this.#calls.carry(this));
    } catch (error) {
      answer = Promise.reject(error);
    }
    return answer.then(
      (response) => this.#answered(response),
      (error) => this.#failed(error),
    );
  }

  #answered(response) {
    const { core, number } = this.#lane;
    let verdict = DELIVER;
    try {
      const status = response?.status;
      // Anything but the two statuses of a throttle is the caller's: no header is looked at.
      if (status === 429 || status === 503)
        verdict = core.answered(number, this.#ticket, status, fieldsOf(response), dice());
      else core.accepted(number, this.#ticket);
    } catch (error) {
      // A transport may resolve with anything, even with what throws when it is looked at.
      return this.#failed(error);
    }
    return verdict === UNDECIDED ? this.#lookInto(response) : this.#settle(response, verdict);
  }

  #failed(error) {
    const lane = this.#lane;
    lane.core.failed(lane.number, this.#ticket);
    lane.drive();
    throw error;
  }

  /** Headers that leave open whether a limit or a quota was met: the body says, read from a copy. */
  async #lookInto(response) {
    let timer;
    const timeout = new Promise((resolve) => {
      timer = setTimeout(resolve, LONGEST_LOOK_MS, "");
    });
    let text = "";
    try {
      text = String(await Promise.race([response.clone().text(), timeout]));
    } catch {
      // A body that cannot be read says nothing, and a 429 that says nothing is a throttle.
    }
    clearTimeout(timer);
    const { core, number } = this.#lane;
    return this.#settle(response, core.judged(number, this.#ticket, text, fieldsOf(response), dice()));
  }

  #settle(response, verdict) {
    const promise = verdict === WITHHELD ? this.#wait() : response;
    if (verdict !== DELIVER) this.#lane.cause = response;
    this.#lane.drive();
    if (verdict === WITHHELD) discard(response);
    return promise;
  }

  /** What to give the transport as its input this time. */
  nextInput() {
    const { input } = this;
    // Sending a Request uses its body up: the original stays here, unread, for the next time.
    return typeof input === "string" || !this.resend || hasNoBody(input) ? input : input.clone();
  }

  /** What to give the transport this time, input and init, with the client's headers under the caller's own. */
  withHeaders(clientHeaders) {
    const { input, init } = this;
    const headers = new Headers(clientHeaders);
    if (typeof input === "string" || init?.headers !== undefined) {
      new Headers(init?.headers).forEach((value, name) => {
        headers.set(name, value);
      });
      return [this.nextInput(), { ...init, headers }];
    }
    // Beside an init, fetch forgets the referrer of a Request and its policy: the headers go into a copy of it.
    const copy = input.clone();
    headers.forEach((value, name) => {
      if (!copy.headers.has(name)) copy.headers.set(name, value);
    });
    return [copy, init];
  }
}

/** The header fields of an answer, as the core reads them. Headers that somebody made up may hold anything. */
export function fieldsOf(answer) {
  let lines = "";
  try {
    new Headers(answer.headers).forEach((value, name) => {
      lines += `${name}:${value}\n`;
    });
  } catch {
    // What cannot be read says nothing.
  }
  return lines;
}

/** 32 random bits, for the jitter. */
export function dice() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

function hasNoBody(request) {
  return request.body === null || request.method === "GET" || request.method === "HEAD";
}

/** Nobody will read it: its connection is free for others. A listener of an event may have begun to. */
function discard(response) {
  const body = response?.body;
  // A transport that is not the platform's may have a body of another kind.
  if (body instanceof ReadableStream && !body.locked) body.cancel().catch(() => {});
}
