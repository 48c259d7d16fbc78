/** Base of what this package rejects with beyond what fetch itself would. `code` is stable; `scope` says where. */
export declare class ApiServiceClientError extends Error {
  readonly code: string;
  readonly scope: string | null;
}
/** As many requests wait in the scope as `maxQueue` allows. */
export declare class QueueFullError extends ApiServiceClientError {
  readonly code: "queue-full";
  /** What `maxQueue` is. */
  readonly limit: number;
}
/** The request has waited for as long as `maxWaitMs` allows. */
export declare class QueueTimeoutError extends ApiServiceClientError {
  readonly code: "queue-timeout";
  readonly waitedMs: number;
}
/** The gateway asks for a pause longer than `maxPauseMs`. */
export declare class PauseTooLongError extends ApiServiceClientError {
  readonly code: "pause-too-long";
  /** When the pause ends, epoch milliseconds. */
  readonly resumeAt: number;
}
/** The quota of a day, a week or a month is used up. */
export declare class QuotaExceededError extends ApiServiceClientError {
  readonly code: "quota-exceeded";
  /** From when on a call tries again, epoch milliseconds. */
  readonly nextProbeAt: number;
}
/** `close()` was called. */
export declare class ClientClosedError extends ApiServiceClientError {
  readonly code: "closed";
}

/** A TypeError that names the option and its bad value; where nothing is expected, the option itself is unknown. */
export declare function badOption(name: string, expected: string, value: unknown): TypeError;
