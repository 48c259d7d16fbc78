// The errors that the client rejects with, besides those of fetch. Names are getters: a minifier does not change them,
// and a bundler sees no side effect in them.

export class ApiServiceClientError extends Error {
  constructor(code, scope, message) {
    super(message);
    this.code = code;
    this.scope = scope;
  }
  get name() {
    return "ApiServiceClientError";
  }
}

export class QueueFullError extends ApiServiceClientError {
  constructor(scope, limit) {
    super("queue-full", scope, `${limit} requests are waiting already, as many as maxQueue allows`);
    this.limit = limit;
  }
  get name() {
    return "QueueFullError";
  }
}

export class QueueTimeoutError extends ApiServiceClientError {
  constructor(scope, waitedMs) {
    super("queue-timeout", scope, `Not sent within ${waitedMs} ms, as long as maxWaitMs allows`);
    this.waitedMs = waitedMs;
  }
  get name() {
    return "QueueTimeoutError";
  }
}

export class PauseTooLongError extends ApiServiceClientError {
  constructor(scope, resumeAt) {
    super(
      "pause-too-long",
      scope,
      `Paused until ${new Date(resumeAt).toISOString()}, longer than maxPauseMs allows`,
    );
    this.resumeAt = resumeAt;
  }
  get name() {
    return "PauseTooLongError";
  }
}

export class QuotaExceededError extends ApiServiceClientError {
  constructor(scope, nextProbeAt) {
    super("quota-exceeded", scope, "The quota is used up");
    this.nextProbeAt = nextProbeAt;
  }
  get name() {
    return "QuotaExceededError";
  }
}

export class ClientClosedError extends ApiServiceClientError {
  constructor(scope) {
    super("closed", scope, "The client is closed");
  }
  get name() {
    return "ClientClosedError";
  }
}

/** Returns a TypeError that names the option and its bad value. Without `expected`, the option does not exist. */
export function badOption(name, expected, value) {
  const isObject = Object(value) === value;
  const shown = typeof value === "string" ? JSON.stringify(value) : isObject ? kindOf(value) : String(value);
  return new TypeError(expected ? `${name}: expected ${expected}, got ${shown}` : `${name}: no such option`);
}

/** The kind of a value, without its content: `[object Headers]`. */
export function kindOf(value) {
  return Object.prototype.toString.call(value);
}
