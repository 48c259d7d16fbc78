// One call of fetch, from the call until its promise is settled.

import { PRIORITIES, RESEND, RESEND_IF_OPAQUE, RESEND_IF_UNAVAILABLE, WITHHOLD } from "./border.js";
import { millis } from "./options.js";
import { isIdempotent, isSafe, mayHideResponse, routePath } from "./policy.js";
import { copyOfInit, isStream } from "./request-init.js";
import { absoluteUrl, originOf, pageUrl } from "./url.js";

export class Call {
  #calls;
  #resolve;
  #reject;
  #error;

  /** Takes down everything that decides about the request, so that the caller's later changes have no effect. */
  constructor(calls, input, init) {
    this.#calls = calls;
    const isRequest = typeof input === "object" && input !== null && typeof input.clone === "function";
    const throttle = init?.throttle;
    // A Request built from a Request takes over its body, as in fetch. A URL is resolved now: it decides about the
    // client's headers, and the page's base may be another one when the request leaves.
    this.input = isRequest ? new Request(input, init) : `${input}`;
    this.url = isRequest ? this.input.url : (absoluteUrl(this.input, calls.base) ?? this.input);
    if (!isRequest) this.input = this.url;
    // The new Request has taken the members that it knows.
    this.init =
      init === undefined || init === null ? undefined : copyOfInit(init, isRequest ? this.input : {});
    // Like fetch, against the page and not against `baseUrl`.
    const referrer = this.init?.referrer;
    if (referrer) this.init.referrer = absoluteUrl(referrer, pageUrl()) ?? referrer;
    this.origin = originOf(this.url);
    if (this.init?.method !== undefined) this.init.method = `${this.init.method}`;
    this.method = (isRequest ? this.input.method : (this.init?.method ?? "GET")).toUpperCase();
    this.signal = init?.signal !== undefined ? init.signal : isRequest ? this.input.signal : undefined;
    this.scopeName = throttle?.scope === undefined ? undefined : String(throttle.scope);
    this.priority = PRIORITIES.indexOf(init?.priority);
    this.maxWaitMs = millis("throttle.maxWaitMs", throttle?.maxWaitMs);
    this.resend = throttle?.retry !== false && !isStream(init?.body);
  }

  /** Hands the call to the core, which sends it now or lets it wait. Returns the caller's promise. */
  start() {
    const calls = this.#calls;
    // fetch reports bad arguments before it looks at the signal.
    if (this.signal?.aborted) new Request(this.input, { ...this.init, signal: null });
    this.signal?.throwIfAborted();
    this.scopeName ??= calls.scopeName(this.url, this.method, this.origin);
    this.scope = calls.scope(this.scopeName);
    const ticket = calls.core.enter(this.scope, this, this.priority, this.#flags, this.maxWaitMs);
    // A negative ticket waits. None is zero: the sequence starts at 1.
    this.ticket = Math.abs(ticket);
    const promise = this.#watched(ticket > 0 ? this.#transmit() : this.#wait());
    // `enter` may have moved the call to the scope of its route.
    calls.core.drive(this.scope);
    return promise;
  }

  get #flags() {
    if (!this.resend) return 0;
    return (
      RESEND | (this.#isIdempotent ? RESEND_IF_UNAVAILABLE : 0) | (isSafe(this.method) ? RESEND_IF_OPAQUE : 0)
    );
  }

  get #isIdempotent() {
    if (isIdempotent(this.method)) return true;
    const own = this.init?.headers ?? (typeof this.input === "string" ? undefined : this.input.headers);
    return own !== undefined && new Headers(own).has("idempotency-key");
  }

  /** The scope, method and path of the call, equal for all calls that differ only by ids. Read after a first throttle. */
  get routeName() {
    const path = this.origin === "null" ? "" : new URL(this.url).pathname;
    return `${this.scopeName} ${this.method} ${routePath(path)}`;
  }

  get route() {
    return this.#calls.route(this.routeName);
  }

  /** The core has moved the call to another scope. */
  moved(scope, ticket) {
    this.scope = scope;
    this.ticket = ticket;
    // The caller may have aborted it during the move.
    if (this.signal?.aborted) this.#calls.core.abort(scope, ticket);
  }

  /** Follows the caller's signal until `promise` is settled. An abort rejects at once. */
  #watched(promise) {
    const signal = this.signal;
    if (!signal) return promise;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        const { core } = this.#calls;
        core.abort(this.scope, this.ticket);
        reject(signal.reason);
        core.drive(this.scope);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      // The transport, or the function that returns the headers, may have aborted it already.
      if (signal.aborted) onAbort();
      promise
        .then(resolve, reject)
        // A signal may outlive thousands of calls, so each call removes its listener.
        .finally(() => signal.removeEventListener("abort", onAbort));
    });
  }

  /** Returns a promise that is pending until the core sends or rejects the call. */
  #wait() {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Sends the call from the queue. */
  send() {
    this.#resolve(this.#transmit());
  }

  /** Rejects the queued call; without an error, with the error of its last attempt. */
  reject(error) {
    this.#reject(error ?? this.#error);
  }

  /** Checks for the core if the server can be reached. */
  probe() {
    const { core } = this.#calls;
    const report = (isReachable) => {
      core.probed(this.scope, isReachable);
      core.drive(this.scope);
    };
    this.#calls.reach(this).then(
      () => report(true),
      () => report(false),
    );
  }

  #transmit() {
    this.hasLeft = false;
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
    let verdict;
    try {
      verdict = this.#calls.core.answered(this.scope, this.ticket, response?.status | 0, response);
    } catch (error) {
      // A transport may resolve with any value, even one whose members throw.
      return this.#failed(error);
    }
    return verdict > WITHHOLD ? this.#readBody(response, verdict) : this.#settle(response, verdict);
  }

  #failed(error) {
    const { core } = this.#calls;
    this.#error = error;
    const mode = this.init?.mode ?? (typeof this.input === "string" ? "cors" : this.input.mode);
    // An error before the send is from the page's own `headers` function.
    const isOpaque = this.hasLeft && mayHideResponse(error, globalThis.origin, this.origin, mode);
    const verdict = core.failed(this.scope, this.ticket, isOpaque);
    const promise = verdict === WITHHOLD ? this.#wait() : undefined;
    core.drive(this.scope);
    if (promise === undefined) throw error;
    return promise;
  }

  /** Reads a copy of the body, if the headers leave open whether a limit or a quota was met. */
  async #readBody(response, limitMs) {
    let timer;
    const timeout = new Promise((resolve) => {
      timer = setTimeout(resolve, limitMs, "");
    });
    let text = "";
    try {
      text = String(await Promise.race([response.clone().text(), timeout]));
    } catch {
      // A body that cannot be read counts as empty, and a 429 with an empty body is a throttle.
    }
    clearTimeout(timer);
    return this.#settle(response, this.#calls.core.bodyRead(this.scope, this.ticket, text, response));
  }

  #settle(response, verdict) {
    const isWithheld = verdict === WITHHOLD;
    if (isWithheld) this.#bypassReactCache();
    const promise = isWithheld ? this.#wait() : response;
    this.#calls.core.drive(this.scope);
    if (isWithheld) discard(response);
    return promise;
  }

  /**
   * React deduplicates equal GETs while a server component renders, and would replay the 429. `keepalive: true` opts out
   * and has no other effect on a server. A signal opts out too, but Next drops it when the input is a `Request`.
   */
  #bypassReactCache() {
    if (globalThis.origin === undefined) this.init = { ...this.init, keepalive: true };
  }
}

/** Cancels the body of a response that no caller gets, so that its connection is free. A listener may be reading it. */
function discard(response) {
  const body = response?.body;
  // A transport other than the platform's may have another kind of body.
  if (body instanceof ReadableStream && !body.locked) body.cancel().catch(() => {});
}
