// The calls of one client: scopes and routes by number, the client's headers, and the transport.

import { Call } from "./call.js";
import { badOption } from "./errors.js";
import { millis } from "./options.js";
import { PlatformEvents } from "./platform-events.js";
import { MAX_ROUTES } from "./policy.js";
import { attemptOf } from "./request-init.js";
import { absoluteUrl, checkedBase, originOf, pageUrl } from "./url.js";

export class Calls {
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
   * @param owner kept alive while a call is pending
   * @param options the options of the client
   */
  constructor(core, owner, options) {
    this.core = core;
    this.owner = owner;
    this.#base = options?.baseUrl === undefined ? undefined : checkedBase(options.baseUrl);
    const origin = originOf(this.base ?? "");
    // "null" is an opaque origin. No two opaque origins are the same, so it gets no headers.
    this.#origin = origin === "null" ? undefined : origin;
    this.#headers = checkedHeaders(options?.headers);
    this.#transport = options?.fetch;
    this.#withTabs = options?.tabs !== false;
    this.#scopeOf = typeof options?.scope === "function" ? options.scope : undefined;
    this.fetch = (...args) => {
      // The page has replaced the global fetch by this function: send through the fetch that it replaced.
      if (this.#isCallingGlobal) return this.#fetchBefore.call(undefined, ...args);
      try {
        // Throws the platform's own error for a missing argument.
        if (args.length === 0) new Request();
        return new Call(this, ...args).start();
      } catch (error) {
        // fetch never throws: it reports bad arguments by its promise.
        return Promise.reject(error);
      }
    };
    // With a base URL the scope is known before the first call, so tabs meet and share a pause early. Deferred, since
    // no listener is registered yet.
    if (options?.baseUrl !== undefined && this.#origin && !this.#scopeOf) {
      const scope = this.scope(this.#origin);
      queueMicrotask(() => core.drive(scope));
    }
  }

  /** The URL that relative URLs resolve against now: a page can change its own at any time. */
  get base() {
    return this.#base ?? pageUrl();
  }

  /** The name of the scope that a request belongs to. */
  scopeName(url, method, origin) {
    return this.#scopeOf ? String(this.#scopeOf(new URL(url), method)) : origin;
  }

  /** The core's number of a scope. */
  scope(name) {
    let scope = this.#scopes.get(name);
    if (scope === undefined) {
      if (this.#scopes.size === 0) this.core.subscribe(new PlatformEvents(this.core, this.#withTabs));
      scope = this.core.scope(name);
      this.#scopes.set(name, scope);
    }
    return scope;
  }

  /** The core's number of a route: 1 and up; 0 for every route beyond `MAX_ROUTES`. */
  route(name) {
    let route = this.#routes.get(name);
    if (route === undefined && this.#routes.size < MAX_ROUTES) {
      route = this.#routes.size + 1;
      this.#routes.set(name, route);
    }
    return route ?? 0;
  }

  /** Takes a response that this client did not request. Returns the length of the pause in milliseconds. */
  handleThrottlingError(response) {
    const { status, headers } = response;
    if (status !== 429 && status !== 503) return 0;
    const url = absoluteUrl(response.url || ".", this.base);
    const name = url ? this.scopeName(url, "GET", originOf(url)) : "null";
    // Listeners are promised a Response, whichever library made this one.
    const answer = response instanceof Response ? response : new Response(null, { status, headers });
    return this.core.answeredExternally(this.scope(name), status, answer);
  }

  pause(durationMs) {
    const duration = millis("durationMs", durationMs);
    // `state` shows a pause of a scope: make one if the page pauses before its first call.
    if (this.#scopes.size === 0) this.scope(this.#origin ?? "null");
    this.core.pause(duration);
  }

  /** Sends one attempt of a call: its input and init, with the client's headers if it goes to the client's origin. */
  carry(call) {
    const send = (headers) => {
      // The caller, or the function that returns the headers, may have aborted the call.
      call.signal?.throwIfAborted();
      const [input, init] = attemptOf(call, headers);
      call.hasLeft = true;
      return this.#send(input, init);
    };
    const headers = call.origin === this.#origin ? this.#headers : undefined;
    const known = typeof headers === "function" ? headers() : headers;
    return typeof known?.then === "function" ? Promise.resolve(known).then(send) : send(known);
  }

  #send(input, init) {
    // Looked up at each send, since a page may replace the global fetch at any time; called without a `this`.
    const transport = this.#transport ?? globalThis.fetch;
    this.#isCallingGlobal = this.#transport === undefined;
    try {
      return init === undefined ? transport(input) : transport(input, init);
    } finally {
      this.#isCallingGlobal = false;
    }
  }

  /**
   * Sends a `no-cors` HEAD to the call's path. It resolves if the server answered at all, with or without CORS headers.
   * No query, header, body or credential is sent.
   */
  async reach({ url }) {
    const { origin, pathname } = new URL(url);
    await this.#send(origin + pathname, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
    });
  }
}

function checkedHeaders(headers) {
  if (headers === undefined || typeof headers === "function") return headers;
  try {
    return new Headers(headers);
  } catch {
    // Neither the headers nor the platform's message are shown: each may hold a secret.
    throw badOption("headers", "headers", headers);
  }
}
