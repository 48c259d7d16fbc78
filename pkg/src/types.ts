/** The options of an `ApiServiceClient`. Each is optional. */
export interface ApiServiceClientOptions {
  /**
   * The URL that relative URLs resolve against. `headers` are sent to its origin only.
   *
   * @defaultValue the page's own base URL
   */
  baseUrl?: string | URL;
  /**
   * Headers of every request to the origin of `baseUrl`, and of no other request. A header of the request itself wins.
   * A function is called at each send, so that a token is fresh after a pause.
   *
   * @defaultValue no headers
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /**
   * The function that sends requests.
   *
   * @defaultValue `globalThis.fetch` at the time of each send. If the page has put `client.fetch`, or a function that calls
   * it at once, in its place: the `globalThis.fetch` of the time at which the client was made.
   */
  fetch?: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

  /**
   * The requests that share one limit: those to the same origin, or those for which the function returns the same name.
   *
   * @defaultValue `"origin"`
   */
  scope?: "origin" | ((url: URL, method: string) => string);
  /**
   * The usage plan of each scope. The client never exceeds it.
   *
   * @defaultValue none: the client learns the limit from the responses
   */
  plan?: UsagePlan;
  /**
   * Maximum number of requests in flight, for each scope.
   *
   * @defaultValue 16
   */
  maxInFlight?: number;
  /**
   * Maximum number of times that a request is sent, the first included.
   *
   * @defaultValue 10
   */
  maxAttempts?: number;
  /**
   * Longest pause that requests wait for, in milliseconds. In a longer pause they reject with `PauseTooLongError`.
   *
   * @defaultValue 300_000
   */
  maxPauseMs?: number;
  /**
   * Maximum number of waiting requests, for each scope. A further request rejects with `QueueFullError`.
   *
   * @defaultValue 1_000
   */
  maxQueue?: number;
  /**
   * Longest wait of a request, pauses included, in milliseconds. Then it rejects with `QueueTimeoutError`.
   *
   * @defaultValue no maximum
   */
  maxWaitMs?: number;
  /** The delays after a throttled response that does not say how long to wait. */
  backoff?: BackoffOptions;

  /**
   * Shares each pause, the learned limit and the demand with the other clients of the origin: in other tabs, in workers, on
   * the same page. Together they keep to one limit for each scope. The BroadcastChannel carries no URL, header or body.
   * In a test, `false` keeps clients apart.
   *
   * @defaultValue true where BroadcastChannel exists
   */
  tabs?: boolean;
  /**
   * Keeps the pause and the learned limit over a reload. A page that is opened during a pause sends nothing until its end.
   * The localStorage holds both as numbers, under a hash of the scope's name.
   *
   * @defaultValue true in pages; workers and Node have no localStorage
   */
  persist?: boolean;
  /**
   * The reaction to 429s without CORS headers, which reach a page of another origin as a bare TypeError. `"diagnose"` reports
   * them once, with the remedy, in an event and on the console. `"retry"` also pauses, and resends GET and HEAD. `"off"` does neither.
   *
   * To tell them from a network failure, the client sends a `no-cors` HEAD to the path of a failed request, at most
   * every 10 seconds.
   *
   * @defaultValue `"diagnose"`
   */
  opaqueThrottling?: "diagnose" | "retry" | "off";
  /**
   * The text of the notification, or a function that returns it.
   *
   * @defaultValue `"The application is busy, please try again in a moment."`
   */
  message?: string | ((detail: ThrottledDetail) => string);
}

/** A usage plan: the rate and the capacity of a token bucket. */
export interface UsagePlan {
  /** Requests per second. It may be a fraction: `100 / 60` for 100 a minute. */
  rate: number;
  /** Capacity of the bucket, in requests. */
  burst: number;
}

/** Exponential backoff. */
export interface BackoffOptions {
  /**
   * The first delay, in milliseconds.
   *
   * @defaultValue 500
   */
  baseMs?: number;
  /**
   * The longest delay, in milliseconds.
   *
   * @defaultValue 30_000
   */
  maxMs?: number;
  /**
   * The kind of jitter.
   *
   * @defaultValue `"full"`
   */
  jitter?: "full" | "equal" | "decorrelated" | "none";
}

/** The init of `fetch`, with options for the client. */
export interface ApiRequestInit extends RequestInit {
  throttle?: {
    /** The scope of this request, in place of the client's `scope`. */
    scope?: string;
    /**
     * If false, the request is never resent: its caller gets the 429. The scope pauses nevertheless.
     *
     * @defaultValue true
     */
    retry?: boolean;
    /** Longest wait of this request, in place of the client's `maxWaitMs`. */
    maxWaitMs?: number;
  };
}

/** The status of a scope, from least to most restricted. */
export type ThrottleStatus = "open" | "recovering" | "paused" | "quota-exceeded" | "closed";

/** A snapshot of a client: a frozen object, the same until something in it changes. */
export interface ThrottleState {
  /** The status of the most restricted scope. */
  readonly status: ThrottleStatus;
  /** End of the pause, in epoch milliseconds. Null if nothing is paused, or the pause has no known end. */
  readonly resumeAt: number | null;
  /** Number of waiting requests. */
  readonly queued: number;
  /** Number of requests in flight. */
  readonly inFlight: number;
  /** The text of the notification during a pause, otherwise null. */
  readonly message: string | null;
  /** The scopes by name. */
  readonly scopes: Readonly<Record<string, ScopeState>>;
}

/** A snapshot of a scope. */
export interface ScopeState {
  readonly status: ThrottleStatus;
  /** End of the pause, in epoch milliseconds. Null if the scope is not paused, or the pause has no known end. */
  readonly resumeAt: number | null;
  /** Number of waiting requests. */
  readonly queued: number;
  /** Number of requests in flight. */
  readonly inFlight: number;
  /** The pace of the scope, in requests per second. Null while it has met no limit. */
  readonly rate: number | null;
  /** Number of attempts sent so far. */
  readonly sent: number;
  /** Number of attempts throttled so far. */
  readonly throttled: number;
}

/** The events of a client, by their type. */
export interface ApiServiceClientEventMap {
  /** A pause begins. Once for each pause, not for each request. */
  throttled: CustomEvent<ThrottledDetail>;
  /** A pause becomes longer. */
  extended: CustomEvent<ThrottledDetail>;
  /** A pause is over, and its probe was accepted. */
  resumed: CustomEvent<ResumedDetail>;
  /** A request returns to the queue. */
  retry: CustomEvent<RetryDetail>;
  /** The quota of a day, a week or a month is used up. */
  quotaexceeded: CustomEvent<QuotaExceededDetail>;
  /** A problem that only the developer can solve, once for each client: the observation and the remedy. */
  diagnostic: CustomEvent<DiagnosticDetail>;
  /** `state` has changed. At most once a task. */
  statechange: Event;
}

/** The detail of `throttled` and `extended`. */
export interface ThrottledDetail {
  scope: string;
  /** End of the pause, in epoch milliseconds. Infinity if the pause has no known end. */
  resumeAt: number;
  delayMs: number;
  /** The source of the delay. No event has `"offline"`: only the `message` function gets it. */
  source: "retry-after" | "rate-limit-header" | "backoff" | "another-tab" | "manual" | "opaque" | "offline";
  /** Number of waiting requests. */
  queued: number;
  /** The text of the notification. */
  message: string;
  /** The throttled response, its body unread. Null if the pause has another cause. */
  response: Response | null;
}

/** The detail of `resumed`. */
export interface ResumedDetail {
  scope: string;
  /** Time from the start of the pause to the response to the probe. */
  pausedMs: number;
  /** Number of waiting requests. */
  queued: number;
}

/** The detail of `retry`. */
export interface RetryDetail {
  scope: string;
  url: string;
  method: string;
  /** Number of attempts so far. */
  attempt: number;
  /** Time until the end of the pause. */
  delayMs: number;
}

/** The detail of `quotaexceeded`. */
export interface QuotaExceededDetail {
  scope: string;
  /** The text of the notification. */
  message: string;
  /** Time from which one call tries again, in epoch milliseconds. */
  nextProbeAt: number;
  /** The response that reports the used-up quota, its body unread; null if there is none. */
  response: Response | null;
}

/** The detail of `diagnostic`. */
export interface DiagnosticDetail {
  /** Stable, for programs. */
  code: string;
  message: string;
  /** The remedy. */
  help: string;
}
