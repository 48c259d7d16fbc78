/** Base class of the errors that this package rejects with, besides those of fetch. `code` is stable; `scope` is its name. */
export declare class ApiServiceClientError extends Error {
  readonly code: string;
  readonly scope: string | null;
}
/** The scope's queue is full: `maxQueue` requests are waiting. */
export declare class QueueFullError extends ApiServiceClientError {
  readonly code: "queue-full";
  /** The value of `maxQueue`. */
  readonly limit: number;
}
/** The request has waited for `maxWaitMs`. */
export declare class QueueTimeoutError extends ApiServiceClientError {
  readonly code: "queue-timeout";
  readonly waitedMs: number;
}
/** The gateway asks for a pause longer than `maxPauseMs`. */
export declare class PauseTooLongError extends ApiServiceClientError {
  readonly code: "pause-too-long";
  /** End of the pause, in epoch milliseconds. */
  readonly resumeAt: number;
}
/** The quota of a day, a week or a month is used up. */
export declare class QuotaExceededError extends ApiServiceClientError {
  readonly code: "quota-exceeded";
  /** Time from which one call tries again, in epoch milliseconds. */
  readonly nextProbeAt: number;
}
/** `close()` was called. */
export declare class ClientClosedError extends ApiServiceClientError {
  readonly code: "closed";
}

/** Returns a TypeError that names the option and its bad value. Without `expected`, the option does not exist. */
export declare function badOption(name: string, expected: string, value: unknown): TypeError;
