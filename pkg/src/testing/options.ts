import { badOption } from "#web/errors.js";

/** The options of a `MockGateway`. Each is optional. */
export interface MockGatewayOptions {
  /**
   * The usage plan of each client.
   *
   * @defaultValue 100 requests a minute, and a burst of 200
   */
  plan?: MockGatewayPlan;
  /**
   * The valid values of the header `x-api-key`. Each has its own bucket, and any other value is refused. Without keys, each
   * source IP has a bucket: the first address in the header `x-forwarded-for`. All requests without the header share one.
   *
   * @defaultValue no keys
   */
  apiKeys?: string[];
  /**
   * The order of the checks. Amazon documents `"authorizer-first"` for Lambda authorizers.
   *
   * @defaultValue `"rate-limit-first"`
   */
  order?: "rate-limit-first" | "authorizer-first";
  /**
   * Returns true for a request that may pass. It may read the body.
   *
   * @defaultValue every request may pass
   */
  authorizer?: (request: Request) => boolean | Promise<boolean>;
  /**
   * The `Retry-After` of a 429: a number of seconds, `"computed"` (seconds until the next token), `"http-date"` (date of the
   * next token), or `"none"`.
   *
   * @defaultValue `"none"`, as Amazon sends it
   */
  retryAfter?: number | "computed" | "http-date" | "none";
  /**
   * Whether the gateway's own errors have CORS headers. Amazon's have none by default, so a page of another origin gets a
   * TypeError from fetch. With `false`, so do the callers of `gateway.fetch`.
   *
   * @defaultValue true
   */
  corsOnErrors?: boolean;
  /**
   * Latency of each response in milliseconds, or a function that returns it.
   *
   * @defaultValue 0
   */
  latencyMs?: number | (() => number);
  /**
   * Responds to the admitted requests.
   *
   * @defaultValue 200, and a description of the request as JSON
   */
  backend?: (request: Request) => Response | Promise<Response>;
}

/** A usage plan. */
export interface MockGatewayPlan {
  /** Requests per second. It may be a fraction: `100 / 60` for 100 a minute. With 0 no request passes. */
  rate: number;
  /** Capacity of the token bucket, in requests. With 0 no request passes. */
  burst: number;
  /** Requests per period. A period begins at midnight UTC: a week on Sunday, a month on its first day. */
  quota?: { limit: number; period: "DAY" | "WEEK" | "MONTH" };
}

type Rule = readonly [expected: string, isExpected: (value: unknown) => boolean];

const isObject = (value: unknown) => typeof value === "object" && value !== null;
const isFunction = (value: unknown) => typeof value === "function";
const isSpan = (value: unknown) => Number.isFinite(value) && Number(value) >= 0;
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32;
const isOneOf =
  (...names: string[]) =>
  (value: unknown) =>
    names.includes(value as string);

const OPTIONS: Record<keyof MockGatewayOptions, Rule> = {
  plan: ["an object", isObject],
  apiKeys: [
    "an array of strings",
    (value) => Array.isArray(value) && value.every((key) => typeof key === "string"),
  ],
  order: ['"rate-limit-first" or "authorizer-first"', isOneOf("rate-limit-first", "authorizer-first")],
  authorizer: ["a function", isFunction],
  retryAfter: [
    'a whole number of seconds, "computed", "http-date" or "none"',
    (value) => isCount(value) || isOneOf("computed", "http-date", "none")(value),
  ],
  corsOnErrors: ["a boolean", (value) => typeof value === "boolean"],
  latencyMs: [
    "a number of milliseconds, 0 or more, or a function",
    (value) => isSpan(value) || isFunction(value),
  ],
  backend: ["a function", isFunction],
};
const PLAN: Record<keyof MockGatewayPlan, Rule> = {
  rate: ["a number, 0 or more", isSpan],
  burst: ["a whole number", isCount],
  quota: ["an object", isObject],
};
const QUOTA: Record<"limit" | "period", Rule> = {
  limit: ["a whole number", isCount],
  period: ['"DAY", "WEEK" or "MONTH"', isOneOf("DAY", "WEEK", "MONTH")],
};

/** @throws TypeError that names the option and its bad value. An unknown option is an error too. */
export function checkOptions(options: MockGatewayOptions): void {
  if (!isObject(options)) throw badOption("options", "an object", options);
  check(options, "", OPTIONS);
  const { plan } = options;
  if (plan === undefined) return;
  check(plan, "plan.", PLAN, ["rate", "burst"]);
  if (plan.quota !== undefined) check(plan.quota, "plan.quota.", QUOTA, ["limit", "period"]);
}

function check(given: object, path: string, rules: Record<string, Rule>, required: string[] = []): void {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(rules, name)) throw badOption(path + name, "", undefined);
  for (const [name, [expected, isExpected]] of Object.entries(rules)) {
    const value = (given as Record<string, unknown>)[name];
    if (value === undefined && !required.includes(name)) continue;
    if (!isExpected(value)) throw badOption(path + name, expected, value);
  }
}
