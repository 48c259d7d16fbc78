// The options of a client, checked, and as the numbers that the core takes.

import { JITTERS, OPAQUE_THROTTLING, OPTION_NUMBERS } from "./border.js";
import { badOption } from "./errors.js";

const MILLIS = "a number of milliseconds, 0 or more";
const POSITIVE = "a whole number above 0";

const isObject = (value) => typeof value === "object" && value !== null;
const isFunction = (value) => typeof value === "function";
const isString = (value) => typeof value === "string";
const isBoolean = (value) => typeof value === "boolean";
const isMillis = (value) => Number.isFinite(value) && value >= 0;
const isCount = (value) => isMillis(value) && value >>> 0 === value;
const isPositive = (value) => isCount(value) && value > 0;
const oneOf = (names) => (value) => names.includes(value);

// For each option: the expected value in words, and the test of a value.
const CLIENT = {
  baseUrl: ["a string or a URL", (value) => isString(value) || isObject(value)],
  headers: ["headers or a function that returns them", (value) => isObject(value) || isFunction(value)],
  fetch: ["a function", isFunction],
  scope: ['"origin" or a function', (value) => isFunction(value) || value === "origin"],
  tabs: ["a boolean", isBoolean],
  persist: ["a boolean", isBoolean],
  opaqueThrottling: ['"diagnose", "retry" or "off"', oneOf(OPAQUE_THROTTLING)],
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
 * The given options, read once and checked.
 *
 * @throws TypeError that names the option and its bad value. An option that does not exist is an error too, since it is
 * most often a typing error.
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
    // A plan needs both its rate and its burst.
    for (const name in PLAN)
      if (this.#plan[name] === undefined) throw badOption(`plan.${name}`, PLAN[name][0]);
  }

  get message() {
    return this.#client.message;
  }

  /** Returns the options that the core needs, in the order of `OPTION_NUMBERS`; NaN if not given. */
  numbers() {
    const given = { ...this.#client, ...this.#backoff, ...this.#plan };
    given.jitter = JITTERS.indexOf(given.jitter);
    given.opaqueThrottling = OPAQUE_THROTTLING.indexOf(given.opaqueThrottling);
    given.tabs = given.tabs !== false;
    given.persist = given.persist !== false;
    return Float64Array.from(OPTION_NUMBERS, (name) => given[name]);
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
      // Headers may hold a secret.
      throw badOption(path + key, expected, rules === CLIENT && key === "headers" ? typeof value : value);
    values[key] = value;
  }
  return values;
}

/** Checks a duration; NaN if it was not given. */
export function millis(name, value) {
  if (value !== undefined && !isMillis(value)) throw badOption(name, MILLIS, value);
  return value ?? Number.NaN;
}
