// The options of a client: what each is, and whether it is given right. The core takes them as numbers.

import { badOption } from "./errors.js";

const MILLIS = "a number of milliseconds, 0 or more";
const POSITIVE = "a whole number above 0";
// In the order of the core's own: see options.rs.
const JITTERS = ["full", "equal", "decorrelated", "none"];
const OPAQUE = ["diagnose", "retry", "off"];

const isObject = (value) => typeof value === "object" && value !== null;
const isFunction = (value) => typeof value === "function";
const isString = (value) => typeof value === "string";
const isBoolean = (value) => typeof value === "boolean";
const isMillis = (value) => Number.isFinite(value) && value >= 0;
const isCount = (value) => isMillis(value) && value >>> 0 === value;
const isPositive = (value) => isCount(value) && value > 0;
const oneOf = (names) => (value) => names.includes(value);

// An option: what is expected in words, and whether a value is that.
const CLIENT = {
  baseUrl: ["a string or a URL", (value) => isString(value) || isObject(value)],
  headers: ["headers or a function that returns them", (value) => isObject(value) || isFunction(value)],
  fetch: ["a function", isFunction],
  scope: ['"origin" or a function', (value) => isFunction(value) || value === "origin"],
  tabs: ["a boolean", isBoolean],
  persist: ["a boolean", isBoolean],
  opaqueThrottling: ['"diagnose", "retry" or "off"', oneOf(OPAQUE)],
  maxInFlight: [POSITIVE, isPositive],
  maxAttempts: [POSITIVE, isPositive],
  maxPauseMs: [MILLIS, isMillis],
  maxQueue: ["a whole number", isCount],
  backoff: ["an object", isObject],
  plan: ["an object", isObject],
  maxWaitMs: [MILLIS, isMillis],
  message: ["a string or a function", (value) => isString(value) || isFunction(value)],
};
const BACKOFF = {
  baseMs: [MILLIS, isMillis],
  maxMs: [MILLIS, isMillis],
  jitter: ['"full", "equal", "decorrelated" or "none"', oneOf(JITTERS)],
};
const PLAN = {
  rate: ["a number above 0", (value) => isMillis(value) && value > 0],
  burst: ["a number of at least 1", (value) => isMillis(value) && value >= 1],
};

/**
 * What was given, read once and checked.
 *
 * @throws TypeError that names the option and its bad value; an option that does not exist is an error too, since it is
 * most often a typing error in one that does
 */
export class Options {
  #client;
  #backoff;
  #plan;

  constructor(given) {
    this.#client = section(given, "options", "", CLIENT);
    const { backoff, plan } = this.#client;
    this.#backoff = section(backoff, "backoff", "backoff.", BACKOFF);
    this.#plan = section(plan, "plan", "plan.", PLAN);
    if (plan === undefined) return;
    // Either is nothing without the other.
    for (const name in PLAN)
      if (this.#plan[name] === undefined) throw badOption(`plan.${name}`, PLAN[name][0]);
  }

  get message() {
    return this.#client.message;
  }

  /** What decisions depend on. NaN is what was not given. */
  numbers() {
    const { maxInFlight, maxAttempts, maxPauseMs, maxQueue, maxWaitMs, opaqueThrottling, tabs, persist } =
      this.#client;
    const { baseMs, maxMs, jitter } = this.#backoff;
    const { rate, burst } = this.#plan;
    return Float64Array.of(
      ...[maxInFlight, maxAttempts, maxPauseMs, maxQueue, maxWaitMs, baseMs, maxMs, rate, burst],
      JITTERS.indexOf(jitter),
      OPAQUE.indexOf(opaqueThrottling),
      tabs !== false,
      persist !== false,
    );
  }
}

function section(given, name, path, rules) {
  const values = {};
  if (given === undefined) return values;
  if (!isObject(given) || Array.isArray(given)) throw badOption(name, "an object", given);
  for (const key of Object.keys(given)) if (!Object.hasOwn(rules, key)) throw badOption(path + key);
  for (const key in rules) {
    const [expected, isExpected] = rules[key];
    const value = given[key];
    if (value !== undefined && !isExpected(value))
      // What is in headers may be a secret.
      throw badOption(path + key, expected, rules === CLIENT && key === "headers" ? typeof value : value);
    values[key] = value;
  }
  return values;
}

/** A length of time that was given; NaN if none was. */
export function millis(name, value) {
  if (value !== undefined && !isMillis(value)) throw badOption(name, MILLIS, value);
  return value ?? Number.NaN;
}
