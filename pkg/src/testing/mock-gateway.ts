import { Gateway, type Refusal } from "#gateway/glue";
import { abortable } from "./abortable";
import { echo, opaque, refused, stamped, unreadable } from "./answers";
import { checkOptions, type MockGatewayOptions } from "./options";
import { start } from "./wasm";

/** The number of requests so far, by outcome. */
export interface MockGatewayStats {
  /** Passed to the backend. */
  admitted: number;
  /** Answered with 429 Too Many Requests. */
  throttled: number;
  /** Answered with 429 Limit Exceeded. */
  quotaExceeded: number;
  /** Refused by the authorizer: 401. */
  unauthorized: number;
  /** No or an unknown API key: 403. */
  forbidden: number;
}

/** The counter of a refusal, by its error type. */
const COUNTED: Record<string, keyof MockGatewayStats> = {
  TooManyRequestsException: "throttled",
  LimitExceededException: "quotaExceeded",
  UnauthorizedException: "unauthorized",
  ForbiddenException: "forbidden",
};

/**
 * Amazon API Gateway's throttling, in process, for tests: the policy and the responses of the mock gateway server,
 * compiled to WebAssembly. It reads `Date.now()` and waits with `setTimeout`, so fake timers drive it.
 */
export class MockGateway {
  readonly #gateway: Gateway;
  readonly #options: MockGatewayOptions;
  #stats = noStats();

  /** The gateway as a `fetch`, for `new ApiServiceClient({ fetch: gateway.fetch })` or an MSW handler. Bound. */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

  /** @throws TypeError that names the option and its bad value. An unknown option is an error too. */
  constructor(options: MockGatewayOptions = {}) {
    checkOptions(options);
    this.#options = { ...options };
    const { plan = { rate: 100 / 60, burst: 200 }, apiKeys = [], order, retryAfter } = options;
    const quota = plan.quota && `${plan.quota.limit}/${plan.quota.period}`;
    start();
    this.#gateway = new Gateway(
      plan.rate,
      plan.burst,
      quota,
      apiKeys,
      order ?? "rate-limit-first",
      String(retryAfter ?? "none"),
    );
    this.fetch = async (input, init) => {
      const request = new Request(absolute(input), init);
      request.signal.throwIfAborted();
      return abortable(this.#handle(request), request.signal);
    };
  }

  /** A snapshot of the counters. */
  get stats(): MockGatewayStats {
    return { ...this.#stats };
  }

  /** Fills all buckets, renews all quotas, and sets the counters to 0. */
  reset(): void {
    this.#gateway.reset();
    this.#stats = noStats();
  }

  async #handle(request: Request): Promise<Response> {
    const refusal = this.#gateway.authorizerFirst
      ? ((await this.#authorize(request)) ?? this.#limit(request))
      : (this.#limit(request) ?? (await this.#authorize(request)));
    this.#stats[refusal === undefined ? "admitted" : (COUNTED[refusal.errorType] ?? "forbidden")]++;
    const answer =
      refusal === undefined ? stamped(await (this.#options.backend ?? echo)(request)) : refused(refusal);
    await this.#latency();
    if (refusal === undefined || this.#options.corsOnErrors !== false) return answer;
    if (request.mode === "no-cors") return opaque();
    throw unreadable();
  }

  /** Checks the key and the limits. */
  #limit({ headers }: Request): Refusal | undefined {
    const address = headers.get("x-forwarded-for")?.split(",")[0];
    return this.#gateway.evaluate(headers.get("x-api-key") ?? undefined, address, Date.now());
  }

  async #authorize(request: Request): Promise<Refusal | undefined> {
    const { authorizer } = this.#options;
    const isAuthorized = authorizer === undefined || (await authorizer(request.clone()));
    return isAuthorized ? undefined : this.#gateway.unauthorized();
  }

  async #latency(): Promise<void> {
    const { latencyMs = 0 } = this.#options;
    const wait = typeof latencyMs === "function" ? latencyMs() : latencyMs;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function noStats(): MockGatewayStats {
  return { admitted: 0, throttled: 0, quotaExceeded: 0, unauthorized: 0, forbidden: 0 };
}

/** Resolves a URL against the page. In a simulated DOM the platform's Request does not know the page. */
function absolute(input: RequestInfo | URL): Request | URL {
  if (typeof input === "object" && "url" in input) return input;
  return new URL(input, globalThis.document?.baseURI ?? globalThis.location?.href);
}
