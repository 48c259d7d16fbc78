// The JavaScript half of the client: what only JavaScript can do with a call of fetch. It takes down what a caller
// passed, carries the request to the transport, and settles the caller's promise. Whether and when anything is sent
// is decided on the other side, which knows a call by its scope and its ticket.

import { badOption } from "./errors.js";
import { millis } from "./options.js";
import { Surroundings } from "./surroundings.js";

// What `answered` and `judged` of the core say of an answer; the same numbers stand in verdict.rs.
const WITHHELD = 1;
const UNDECIDED = 2;

// A body that hangs must not hold its request for good. Less than the second for which the core holds the scope on
// the suspicion: whatever the timers, nothing leaves between the two.
const LONGEST_LOOK_MS = 900;

const SAFE = /^(GET|HEAD)$/;
const IDEMPOTENT = /^(GET|HEAD|OPTIONS|PUT|DELETE)$/;
// A part of a path that is an id, as far as one can tell: a number, a UUID, hexadecimal.
const ID = /\/(?:\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{12,})(?=\/|$)/gi;
const MOST_ROUTES = 256;
// Bits of what `enter` of the core is told of a request.
const RESEND = 1;
const AGAIN_IF_UNAVAILABLE = 2;
const AGAIN_IF_OPAQUE = 4;

/** One client's calls. */
export class Calls {
  #core;
  #base;
  #origin;
  #headers;
  #transport;
  #fetchBefore = globalThis.fetch;
  #isCallingGlobal = false;
  #scopeOf;
  #withTabs;
  #scopes = new Map();
  #routes = new Map();

  /**
   * @param core the WebAssembly half, which has checked the options
   * @param owner kept alive for as long as one of its calls is
   * @param options the options of the client
   */
  constructor(core, owner, options) {
    this.#core = core;
    this.owner = owner;
    this.#base = options?.baseUrl === undefined ? undefined : checkedBase(options.baseUrl);
    this.page = this.#base ?? pageUrl();
    const origin = originOf(this.page ?? "");
    // Where origins are opaque, "null" is no one's: two of them are never the same.
    this.#origin = origin === "null" ? undefined : origin;
    this.#headers = checkedHeaders(options?.headers);
    this.#transport = options?.fetch;
    this.#withTabs = options?.tabs !== false;
    this.#scopeOf = typeof options?.scope === "function" ? options.scope : undefined;
    this.fetch = (...args) => {
      // Somebody has put this, or what leads to it, in the place of the global fetch: the one before is meant.
      if (this.#isCallingGlobal) return this.#fetchBefore.call(undefined, ...args);
      try {
        // It says so, by the platform's own error.
        if (args.length === 0) new Request();
        return this.#take(new Call(this, ...args));
      } catch (error) {
        // fetch never throws: whatever is wrong with what it is given, it says so by its promise.
        return Promise.reject(error);
      }
    };
    // Where its calls go is known: so the other tabs know of it, and it of a pause, before its first. Not at once,
    // since nobody listens yet.
    if (options?.baseUrl !== undefined && this.#origin && !this.#scopeOf) {
      const scope = this.scope(this.#origin);
      queueMicrotask(() => core.drive(scope));
    }
  }

  get core() {
    return this.#core;
  }

  #take(call) {
    // What is wrong with a call is said before that it is not wanted any more.
    if (call.signal?.aborted) new Request(call.input, { ...call.init, signal: null });
    call.signal?.throwIfAborted();
    call.scopeName ??= this.#scopeOf ? String(this.#scopeOf(new URL(call.url), call.method)) : call.origin;
    const scope = this.scope(call.scopeName);
    const flags = call.resend
      ? RESEND | (call.isIdempotent ? AGAIN_IF_UNAVAILABLE : 0) | (call.isSafe ? AGAIN_IF_OPAQUE : 0)
      : 0;
    call.scope = scope;
    const ticket = this.#core.enter(scope, call, call.priority, flags, call.maxWaitMs);
    call.ticket = Math.abs(ticket);
    // A ticket below zero waits. None is zero: the sequence starts at one.
    const promise = call.watched(ticket > 0 ? call.transmit() : call.wait());
    // Its route may have a scope of its own.
    this.#core.drive(call.scope);
    return promise;
  }

  /** The number that the core knows a scope by. */
  scope(name) {
    let scope = this.#scopes.get(name);
    if (scope === undefined) {
      if (this.#scopes.size === 0) this.#core.follow(new Surroundings(this.#core, this.#withTabs));
      scope = this.#core.scope(name);
      this.#scopes.set(name, scope);
    }
    return scope;
  }

  /** The number that the core knows a route by. */
  route(name) {
    let route = this.#routes.get(name);
    // A page has some dozens. Should it have thousands, the rest are not told apart: 0.
    if (route === undefined && this.#routes.size < MOST_ROUTES) {
      route = this.#routes.size + 1;
      this.#routes.set(name, route);
    }
    return route ?? 0;
  }

  /** An answer that was not made to one of our calls. */
  handleThrottlingError(response) {
    const { status, headers } = response;
    if (status !== 429 && status !== 503) return 0;
    const url = absoluteUrl(response.url || ".", this.page);
    const name = url && this.#scopeOf ? String(this.#scopeOf(new URL(url), "GET")) : originOf(url ?? "");
    // Listeners are promised a Response, whatever library the answer comes from.
    const answer = response instanceof Response ? response : new Response(null, { status, headers });
    return this.#core.answeredElsewhere(this.scope(name), status, answer);
  }

  pause(durationMs) {
    const duration = millis("durationMs", durationMs);
    // A page that pauses before its first call is to see itself paused.
    if (this.#scopes.size === 0) this.scope(this.#origin ?? "null");
    this.#core.pause(duration);
  }

  /** Resolves what a caller passed as fetch would, but against baseUrl. */
  resolve(input) {
    return this.#base === undefined ? input : (absoluteUrl(input, this.#base) ?? input);
  }

  /** Hands one send to the transport. */
  carry(call) {
    const headers = this.#headers !== undefined && call.origin === this.#origin ? this.#headers : undefined;
    if (headers === undefined) return this.#send(call, call.nextInput(), call.init);
    const now = typeof headers === "function" ? headers() : headers;
    const send = (known) => {
      // It may have been aborted meanwhile, even by the function itself.
      call.signal?.throwIfAborted();
      return this.#send(call, ...call.withHeaders(known));
    };
    return typeof now?.then === "function" ? Promise.resolve(now).then(send) : send(now);
  }

  #send(call, input, init) {
    call.hasLeft = true;
    // Called as a plain function, and looked up anew each time: a page may replace the global fetch at any time.
    const transport = this.#transport ?? globalThis.fetch;
    this.#isCallingGlobal = this.#transport === undefined;
    try {
      return init === undefined ? transport(input) : transport(input, init);
    } finally {
      this.#isCallingGlobal = false;
    }
  }

  /**
   * Asks the server of a call for nothing, in the one way in which a browser says whether anything has come back at all
   * without the server's consent. Of the caller's nothing goes along but the path.
   */
  async reach(call) {
    const { origin, pathname } = new URL(call.url);
    await this.#send(call, origin + pathname, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
  }
}

/** One call of fetch, from the moment it is made until its promise is settled. */
class Call {
  #calls;
  #resolve;
  #reject;
  #error;

  constructor(calls, input, init) {
    this.#calls = calls;
    const isRequest = typeof input === "object" && input !== null && typeof input.clone === "function";
    const throttle = init?.throttle;
    // A Request built from a Request takes its body over, as fetch does, and no longer changes with it.
    this.input = isRequest
      ? new Request(input, init)
      : calls.resolve(typeof input === "string" ? input : `${input}`);
    // What the Request has taken in is not said twice.
    this.init =
      init === undefined || init === null ? undefined : copyOfInit(init, isRequest ? this.input : {});
    this.url = absoluteUrl(isRequest ? input.url : this.input, calls.page) ?? this.input;
    this.origin = originOf(this.url);
    if (this.init?.method !== undefined) this.init.method = `${this.init.method}`;
    this.method = (isRequest ? this.input.method : (this.init?.method ?? "GET")).toUpperCase();
    this.signal = init?.signal !== undefined ? init.signal : isRequest ? this.input.signal : undefined;
    this.scopeName = throttle?.scope === undefined ? undefined : String(throttle.scope);
    this.priority = init?.priority === "high" ? 0 : init?.priority === "low" ? 2 : 1;
    this.maxWaitMs = millis("throttle.maxWaitMs", throttle?.maxWaitMs);
    this.resend = throttle?.retry !== false && !isStream(init?.body);
  }

  get isIdempotent() {
    if (IDEMPOTENT.test(this.method)) return true;
    const own = this.init?.headers ?? (typeof this.input === "string" ? undefined : this.input.headers);
    return own !== undefined && new Headers(own).has("idempotency-key");
  }

  get isSafe() {
    return SAFE.test(this.method);
  }

  /** Whether an error is all that a browser shows of an answer which the page may not read. Nothing else does. */
  #hidesAnAnswer(error) {
    const page = globalThis.origin;
    const mode = this.init?.mode ?? (typeof this.input === "string" ? "cors" : this.input.mode);
    return (
      // What throws before is the page's own function for the headers.
      this.hasLeft &&
      error?.name === "TypeError" &&
      page !== undefined &&
      page !== this.origin &&
      mode === "cors"
    );
  }

  /** Its scope, method and path: one for all that differ by an id only. Asked for once something was throttled. */
  get routeName() {
    const path = this.origin === "null" ? "" : new URL(this.url).pathname;
    return `${this.scopeName} ${this.method} ${path.replace(ID, "/*")}`;
  }

  get route() {
    return this.#calls.route(this.routeName);
  }

  /** It belongs to another scope from now on. */
  moved(scope, ticket) {
    this.scope = scope;
    this.ticket = ticket;
    // Its caller may have given it up while it was on its way.
    if (this.signal?.aborted) this.#calls.core.abort(scope, ticket);
  }

  /** Keeps an eye on the caller's signal until the promise is settled, which an abort does at once. */
  watched(promise) {
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
      // The transport, or what it was to send, may have aborted it already.
      if (signal.aborted) onAbort();
      promise
        .then(resolve, reject)
        // A signal may outlive thousands of calls: none leaves its listener there.
        .finally(() => signal.removeEventListener("abort", onAbort));
    });
  }

  /** A promise for as long as the call waits. */
  wait() {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** The core sends what has waited. */
  send() {
    this.#resolve(this.transmit());
  }

  /** The core gives it up; without an error, with the one that it came back with. */
  reject(error) {
    this.#reject(error ?? this.#error);
  }

  /** The core wants to know whether the server can be reached. */
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

  transmit() {
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
    const { core } = this.#calls;
    let verdict;
    try {
      verdict = core.answered(this.scope, this.ticket, response?.status | 0, response);
    } catch (error) {
      // A transport may resolve with anything, even with what throws when it is looked at.
      return this.#failed(error);
    }
    if (verdict === UNDECIDED) return this.#lookInto(response);
    return this.#settle(response, verdict);
  }

  #failed(error) {
    const { core } = this.#calls;
    this.#error = error;
    const verdict = core.failed(this.scope, this.ticket, this.#hidesAnAnswer(error));
    const promise = verdict === WITHHELD ? this.wait() : undefined;
    core.drive(this.scope);
    if (promise === undefined) throw error;
    return promise;
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
    return this.#settle(response, this.#calls.core.judged(this.scope, this.ticket, text, response));
  }

  #settle(response, verdict) {
    if (verdict === WITHHELD) this.#askAnew();
    const promise = verdict === WITHHELD ? this.wait() : response;
    this.#calls.core.drive(this.scope);
    if (verdict === WITHHELD) discard(response);
    return promise;
  }

  /**
   * While a server component of React renders, its fetch answers the same GET from memory, with the refusal too; but not
   * one that is to outlive its page, which means nothing else where there is none. A signal would not do: Next forgets
   * that it came beside a Request.
   */
  #askAnew() {
    if (globalThis.origin === undefined) this.init = { ...this.init, keepalive: true };
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
    if (typeof input === "string") {
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

function pageUrl() {
  return globalThis.document?.baseURI ?? globalThis.location?.href;
}

function checkedBase(baseUrl) {
  // Any other object would do in a page, as the relative URL that its text makes.
  if (typeof baseUrl === "string" || kindOf(baseUrl) === "[object URL]") {
    const url = absoluteUrl(baseUrl, pageUrl());
    if (url !== undefined) return url;
  }
  throw new TypeError(
    `baseUrl: expected a URL, got ${typeof baseUrl === "string" ? JSON.stringify(baseUrl) : kindOf(baseUrl)}`,
  );
}

function checkedHeaders(headers) {
  if (headers === undefined || typeof headers === "function") return headers;
  try {
    return new Headers(headers);
  } catch {
    // Neither the headers nor what the platform says of them: either may hold a secret.
    throw new TypeError(`headers: expected headers, got ${kindOf(headers)}`);
  }
}

function kindOf(value) {
  return Object.prototype.toString.call(value);
}

/**
 * A copy that its caller cannot change any more, without what has been taken in already. What fetch reads only once
 * (a stream) is left as it is.
 */
function copyOfInit(init, taken) {
  if (Object(init) !== init) throw badOption("init", "an object", init);
  const copy = {};
  // Not a spread: fetch reads inherited members too, even those of a class.
  for (let from = init; from && from !== Object.prototype; from = Object.getPrototypeOf(from))
    for (const key of Object.getOwnPropertyNames(from))
      if (!(key in copy || key in taken)) copy[key] = init[key];
  delete copy.throttle;
  if (copy.headers !== undefined) copy.headers = copyOfHeaders(copy.headers);
  if (typeof copy.body === "object" && copy.body !== null) copy.body = copyOfBody(copy.body);
  return copy;
}

function copyOfHeaders(headers) {
  if (typeof headers !== "object" || headers === null || Object.getPrototypeOf(headers) !== Object.prototype)
    return new Headers(headers);
  const copy = { ...headers };
  for (const name in copy) copy[name] = `${copy[name]}`;
  return copy;
}

function copyOfBody(body) {
  if (body instanceof ArrayBuffer) return body.slice(0);
  if (ArrayBuffer.isView(body) && body.byteLength > 0)
    // A view again: fetch refuses shared memory only in this form.
    return new Uint8Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength));
  if (body instanceof URLSearchParams) return new URLSearchParams(body);
  if (body instanceof FormData) {
    const copy = new FormData();
    for (const [name, value] of body) copy.append(name, value);
    return copy;
  }
  return body;
}

function isStream(body) {
  return (
    typeof body === "object" &&
    body !== null &&
    (body instanceof ReadableStream || Symbol.asyncIterator in body)
  );
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

// No URL begins with a line break.
let known = { prefix: "\n", origin: "" };

/** The origin of an absolute URL. Most calls go where the one before went: parsing that again costs a microsecond. */
function originOf(url) {
  if (url.startsWith(known.prefix)) return known.origin;
  if (!URL.canParse(url)) return "null";
  const { origin } = new URL(url);
  if (origin !== "null") known = { prefix: `${origin}/`, origin };
  return origin;
}

function absoluteUrl(url, base) {
  if (typeof url === "string" && url.startsWith(known.prefix)) return url;
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}
