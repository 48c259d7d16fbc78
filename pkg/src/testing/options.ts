import { badOption } from "#web/errors.js";

/** What a `MockGateway` is made with. All of it is optional. */
export interface MockGatewayOptions {
  /** What each client may do. Default: 100 requests a minute, and a burst of 200. */
  plan?: MockGatewayPlan;
  /**
   * The values that the header `x-api-key` may have; each has its own bucket, and any other is refused. Without keys, the
   * bucket is per source IP: the first address in the header `x-forwarded-for`, or one bucket for all that have none.
   */
  apiKeys?: string[];
  /** The order of the checks: "rate-limit-first" (the default), or "authorizer-first" (what Amazon documents for Lambda authorizers). */
  order?: "rate-limit-first" | "authorizer-first";
  /** Whether a request may pass. It may read the body. Default: every request may. */
  authorizer?: (request: Request) => boolean | Promise<boolean>;
  /** Retry-After on a 429: a fixed number of seconds, "computed" and "http-date" (until the next token), or "none" (Amazon's default). */
  retryAfter?: number | "computed" | "http-date" | "none";
  /**
   * Whether a page may read the gateway's own errors. Amazon does not allow it by default, and a page gets a TypeError
   * from its fetch; with false, so do the callers of this one. Default true.
   */
  corsOnErrors?: boolean;
  /** How long every answer takes, in milliseconds, or a function that says so for each. Default 0. */
  latencyMs?: number | (() => number);
  /** Answers what is let through. Default: 200, and JSON that says what was asked for. */
  backend?: (request: Request) => Response | Promise<Response>;
}

/** A usage plan. */
export interface MockGatewayPlan {
  /** Requests per second, fractions allowed: 100 / 60 for 100 a minute. With 0 nothing passes. */
  rate: number;
  /** Capacity of the token bucket, in requests. With 0 nothing passes. */
  burst: number;
  /** How many requests in a period, which begins at midnight UTC: weeks on Sunday, months on the first. */
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

/** @throws TypeError that names the option and its bad value; an unknown option is an error too. */
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
