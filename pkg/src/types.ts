/** What an `ApiServiceClient` is made with. All of it is optional. */
export interface ApiServiceClientOptions {
  /** Relative inputs resolve against it. `headers` are sent to its origin only. Default: the page's own base URL. */
  baseUrl?: string | URL;
  /**
   * Sent with every request to baseUrl's origin, and to no other origin. A function is called at each send, not at each
   * call, so a token that expired during a pause is fresh. Headers of the single request win.
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /**
   * The transport. Default: globalThis.fetch, looked up at each send. Where that has been replaced by this client's own,
   * or by what calls it at once: the one that was there when the client was made.
   */
  fetch?: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

  /** What shares one limit. Default: the origin. A function names the scope of a request. */
  scope?: "origin" | ((url: URL, method: string) => string);
  /** The usage plan, where it is known: the client then never exceeds it. Per scope. Without it, the client learns it. */
  plan?: UsagePlan;
  /** Requests in flight at once, per scope. Default 16. */
  maxInFlight?: number;
  /** Sends of one request, the first included. Default 10. */
  maxAttempts?: number;
  /** Longest pause that is waited out; past it queued requests reject with PauseTooLongError. Default 300_000 ms. */
  maxPauseMs?: number;
  /** Requests waiting at once, per scope; one more rejects with QueueFullError. Default 1_000. */
  maxQueue?: number;
  /** Longest wait of one request, pauses included; then it rejects with QueueTimeoutError. Default: none. */
  maxWaitMs?: number;
  /** The delays where the gateway does not say for how long to hold back. */
  backoff?: BackoffOptions;

  /**
   * Share each pause, what is learned of the limit and the demand with the other clients of this origin: in other tabs, in
   * workers, on the same page. Together they keep to one limit for each scope. Over a BroadcastChannel, on which there is no
   * URL, header or body. Default true where BroadcastChannel exists. In tests, false keeps one from hearing of another.
   */
  tabs?: boolean;
  /**
   * Keep a pause and what is learned of the limit over a reload: a page that is loaded or opened during a pause sends nothing
   * until it ends. In localStorage, as numbers, under a hash of the scope's name. Default true in pages; workers and Node have none.
   */
  persist?: boolean;
  /**
   * A cross-origin 429 without CORS headers reaches a page as a bare TypeError. "diagnose" (default) recognises it and
   * says so once, in an event and on the console, with the remedy. "retry" also pauses, and sends GET and HEAD again. "off" does neither.
   *
   * To tell it from a network that is down, a HEAD request without CORS is sent to the path of one that failed, now and then.
   */
  opaqueThrottling?: "diagnose" | "retry" | "off";
  /** The words of the notification. Default: "The application is busy, please try again in a moment." */
  message?: string | ((detail: ThrottledDetail) => string);
}

/** A token bucket. */
export interface UsagePlan {
  /** Requests per second, fractions allowed: 100 / 60 for 100 a minute. */
  rate: number;
  /** Capacity of the token bucket, in requests. */
  burst: number;
}

/** Exponential backoff. */
export interface BackoffOptions {
  /** First delay without a Retry-After, in ms. Default 500. */
  baseMs?: number;
  /** Longest such delay, in ms. Default 30_000. */
  maxMs?: number;
  /** Default "full". */
  jitter?: "full" | "equal" | "decorrelated" | "none";
}

/** What `fetch` takes, and what the client needs to know besides. */
export interface ApiRequestInit extends RequestInit {
  throttle?: {
    /** This request's scope, over the client's. */
    scope?: string;
    /** false: never sent again; its 429 goes to the caller. The scope pauses all the same. */
    retry?: boolean;
    /** Over the client's. */
    maxWaitMs?: number;
  };
}

/** How much is let through, from least to most restricted. */
export type ThrottleStatus = "open" | "recovering" | "paused" | "quota-exceeded" | "closed";

/** A snapshot of a client. Frozen, and the same object until something in it changes. */
export interface ThrottleState {
  /** The most restricted of the scopes. */
  readonly status: ThrottleStatus;
  /** When the pause ends, epoch milliseconds; null when nothing is paused, a person paused it without an end, or there is no network. */
  readonly resumeAt: number | null;
  readonly queued: number;
  readonly inFlight: number;
  /** What the toast should say while it is paused; null otherwise. */
  readonly message: string | null;
  readonly scopes: Readonly<Record<string, ScopeState>>;
}

/** A snapshot of a scope. */
export interface ScopeState {
  readonly status: ThrottleStatus;
  readonly resumeAt: number | null;
  readonly queued: number;
  readonly inFlight: number;
  /** Requests per second that the scope now paces itself to; null while it has met no limit. */
  readonly rate: number | null;
  readonly sent: number;
  readonly throttled: number;
}

/** The events of a client, by their type. */
export interface ApiServiceClientEventMap {
  /** Once for each pause, not for each request. */
  throttled: CustomEvent<ThrottledDetail>;
  /** A pause has become longer. */
  extended: CustomEvent<ThrottledDetail>;
  /** The pause is over and the probe was accepted. */
  resumed: CustomEvent<ResumedDetail>;
  /** A request goes back to the queue. */
  retry: CustomEvent<RetryDetail>;
  quotaexceeded: CustomEvent<QuotaExceededDetail>;
  /** An advice for the developer, once each: what was seen, and what to change. */
  diagnostic: CustomEvent<DiagnosticDetail>;
  /** `state` has changed. At most once a task. */
  statechange: Event;
}

export interface ThrottledDetail {
  scope: string;
  /** Epoch milliseconds; Infinity if a person paused it without an end. */
  resumeAt: number;
  delayMs: number;
  /** What the length of the pause comes from; "offline" is only ever told to the function that gives the `message`. */
  source: "retry-after" | "rate-limit-header" | "backoff" | "another-tab" | "manual" | "opaque" | "offline";
  queued: number;
  /** The words of the notification. */
  message: string;
  /** The response that caused it; null from another tab. Its body is unread. */
  response: Response | null;
}

export interface ResumedDetail {
  scope: string;
  pausedMs: number;
  queued: number;
}

export interface RetryDetail {
  scope: string;
  url: string;
  method: string;
  attempt: number;
  delayMs: number;
}

export interface QuotaExceededDetail {
  scope: string;
  message: string;
  nextProbeAt: number;
  response: Response | null;
}

export interface DiagnosticDetail {
  code: string;
  message: string;
  help: string;
}
