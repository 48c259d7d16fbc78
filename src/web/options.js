// The options of a client, read once and checked: a TypeError names the option and its bad value. One that does not
// exist is an error too, since it is most often a typing error in one that does.
import { absoluteUrl, pageUrl } from "./urls.js";

/** The core knows each by its place. */
const JITTERS = ["full", "equal", "decorrelated", "none"];

const isFunction = (value) => typeof value === "function";
const isObject = (value) => typeof value === "object" && value !== null;
const isString = (value) => typeof value === "string";

// Each rule is what is expected, in words, and whether a value is that.
const BOOLEAN = ["a boolean", (value) => typeof value === "boolean"];
const MILLIS = ["a number of milliseconds, 0 or more", (value) => Number.isFinite(value) && value >= 0];
const COUNT = ["a whole number", (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32];
const POSITIVE = ["a whole number above 0", (value) => COUNT[1](value) && value > 0];
const oneOf = (...words) => [
  `${words
    .slice(0, -1)
    .map((word) => `"${word}"`)
    .join(", ")} or "${words.at(-1)}"`,
  (value) => words.includes(value),
];

const CLIENT = {
  baseUrl: ["a string or a URL", (value) => isString(value) || isObject(value)],
  headers: ["headers or a function that returns them", (value) => isObject(value) || isFunction(value)],
  fetch: ["a function", isFunction],
  scope: ['"origin" or a function', (value) => isFunction(value) || value === "origin"],
  plan: ["", () => true],
  maxInFlight: POSITIVE,
  maxAttempts: POSITIVE,
  maxPauseMs: MILLIS,
  maxQueue: COUNT,
  maxWaitMs: MILLIS,
  backoff: ["", () => true],
  tabs: BOOLEAN,
  persist: BOOLEAN,
  opaqueThrottling: oneOf("diagnose", "retry", "off"),
  message: ["a string or a function", (value) => isString(value) || isFunction(value)],
};
const BACKOFF = { baseMs: MILLIS, maxMs: MILLIS, jitter: oneOf(...JITTERS) };
const PLAN = {
  rate: ["a number above 0", (value) => Number.isFinite(value) && value > 0],
  burst: ["a number of at least 1", (value) => Number.isFinite(value) && value >= 1],
};

/** A copy of the options, checked, and complete as far as the core is concerned: NaN is its own default. */
export function readOptions(given) {
  const options = read("options", given, CLIENT, "");
  const { baseUrl, headers } = options;
  if (baseUrl !== undefined) options.baseUrl = checkedBase(baseUrl);
  if (headers !== undefined && !isFunction(headers)) options.headers = checkedHeaders(headers);
  options.backoff = read("backoff", options.backoff, BACKOFF, "backoff.");
  options.jitter = Math.max(JITTERS.indexOf(options.backoff.jitter), 0);
  if (options.plan !== undefined) {
    options.plan = read("plan", options.plan, PLAN, "plan.");
    for (const name in PLAN)
      if (options.plan[name] === undefined) check(`plan.${name}`, undefined, PLAN[name]);
  }
  return options;
}

/** A length of time that a caller has passed; NaN where there is none. */
export function checkedMillis(name, value) {
  if (value === undefined) return NaN;
  check(name, value, MILLIS);
  return value;
}

function read(what, given, rules, path) {
  const options = {};
  if (given === undefined) return options;
  if (!isObject(given)) throw badOption(what, "an object", given);
  for (const name of Object.keys(given)) if (!Object.hasOwn(rules, name)) throw badOption(path + name);
  for (const name in rules) {
    const value = given[name];
    if (value === undefined) continue;
    // No error may repeat a header: it names its type alone.
    check(path + name, value, rules[name], name === "headers");
    options[name] = value;
  }
  return options;
}

function check(name, value, [expected, isExpected], isSecret) {
  if (!isExpected(value)) throw badOption(name, expected, isSecret ? typeof value : value);
}

function checkedBase(baseUrl) {
  // Any other object would do in a page, as the relative URL that its text makes.
  const url =
    isString(baseUrl) || kindOf(baseUrl) === "[object URL]" ? absoluteUrl(baseUrl, pageUrl()) : undefined;
  if (url === undefined) throw badOption("baseUrl", "a URL", baseUrl);
  return url;
}

function checkedHeaders(headers) {
  try {
    return new Headers(headers);
  } catch {
    // Neither the headers nor what the platform says of them: either may hold a secret.
    throw new TypeError(`headers: expected headers, got ${kindOf(headers)}`);
  }
}

function badOption(name, expected, value) {
  const shown = isString(value)
    ? JSON.stringify(value)
    : Object(value) === value
      ? kindOf(value)
      : String(value);
  return new TypeError(expected ? `${name}: expected ${expected}, got ${shown}` : `${name}: no such option`);
}

function kindOf(value) {
  return Object.prototype.toString.call(value);
}
