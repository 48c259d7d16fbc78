import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";

const construct = (options) => new ApiServiceClient(options);

function refuses(options, name, shown) {
  assert.throws(
    () => construct(options),
    (error) => {
      assert.equal(error.name, "TypeError");
      assert.ok(error instanceof TypeError);
      assert.ok(error.message.startsWith(`${name}: `), error.message);
      if (shown !== undefined) assert.ok(error.message.endsWith(`got ${shown}`), error.message);
      return true;
    },
  );
}

describe("every option has a default", () => {
  for (const options of [undefined, {}, { maxInFlight: undefined, backoff: undefined, headers: undefined }])
    test(`new ApiServiceClient(${JSON.stringify(options) ?? ""})`, () => construct(options).close());
});

describe("what is no object of options is refused", () => {
  for (const [options, shown] of [
    [null, "null"],
    ["x", '"x"'],
    [7, "7"],
    [true, "true"],
    [[], "[object Array]"],
    [() => {}, undefined],
  ])
    test(`new ApiServiceClient(${String(options)})`, () => refuses(options, "options", shown));
});

describe("an option that does not exist is refused by its name", () => {
  for (const name of ["maxInflight", "retries", "timeout", "base", "BaseUrl", "toString"])
    test(name, () => {
      assert.throws(() => construct({ [name]: 1 }), new TypeError(`${name}: no such option`));
    });

  test("backoff.base", () => {
    assert.throws(() => construct({ backoff: { base: 1 } }), new TypeError("backoff.base: no such option"));
  });

  test("even if its value is undefined: it is a typing error all the same", () => {
    assert.throws(() => construct({ maxInflight: undefined }), new TypeError("maxInflight: no such option"));
  });
});

const NO_NUMBER = [
  null,
  "5",
  "",
  true,
  {},
  [],
  () => {},
  5n,
  Symbol("5"),
  NaN,
  -1,
  -0.5,
  Infinity,
  -Infinity,
];

describe("a count is a whole number", () => {
  const wrong = {
    maxInFlight: [...NO_NUMBER, 0, 1.5, 2 ** 32],
    maxAttempts: [...NO_NUMBER, 0, 1.5, 2 ** 32],
    maxQueue: [...NO_NUMBER, 0.5, 2 ** 32],
  };
  for (const [name, values] of Object.entries(wrong))
    for (const value of values)
      test(`${name}: ${describeValue(value)} is refused`, () => refuses({ [name]: value }, name));

  for (const options of [{ maxInFlight: 1 }, { maxAttempts: 1 }, { maxQueue: 0 }, { maxQueue: 2 ** 32 - 1 }])
    test(`${JSON.stringify(options)} is accepted`, () => construct(options).close());
});

describe("a length of time is a finite number of milliseconds", () => {
  for (const name of ["maxPauseMs", "maxWaitMs"]) {
    for (const value of NO_NUMBER)
      test(`${name}: ${describeValue(value)} is refused`, () => refuses({ [name]: value }, name));
    for (const value of [0, 0.5, 2 ** 31, 1e15])
      test(`${name}: ${value} is accepted`, () => construct({ [name]: value }).close());
  }
  for (const name of ["baseMs", "maxMs"])
    for (const value of NO_NUMBER)
      test(`backoff.${name}: ${describeValue(value)} is refused`, () =>
        refuses({ backoff: { [name]: value } }, `backoff.${name}`));
});

describe("a plan has a rate and a burst", () => {
  const plan = { rate: 100 / 60, burst: 200 };
  for (const value of [null, "100/min", 100, true, [], () => {}])
    test(`plan: ${describeValue(value)} is refused`, () => refuses({ plan: value }, "plan"));

  for (const value of [...NO_NUMBER, Number("1e999"), 0, undefined])
    for (const name of ["rate", "burst"])
      test(`plan.${name}: ${describeValue(value)} is refused`, () =>
        refuses({ plan: { ...plan, [name]: value } }, `plan.${name}`));

  test("plan.burst: less than one request is refused", () =>
    refuses({ plan: { ...plan, burst: 0.5 } }, "plan.burst", "0.5"));

  test("plan.quota is no option of it", () => {
    assert.throws(
      () => construct({ plan: { ...plan, quota: 9 } }),
      new TypeError("plan.quota: no such option"),
    );
  });

  test("fractions of a request are accepted", () => construct({ plan: { rate: 0.01, burst: 1.5 } }).close());
});

describe("the value is shown as it was given", () => {
  for (const [value, shown] of [
    ["3", '"3"'],
    [null, "null"],
    [NaN, "NaN"],
    [-1, "-1"],
    [Number("1e999"), "Infinity"],
    [1.5, "1.5"],
    [{}, "[object Object]"],
    [Object.create(null), "[object Object]"],
    [5n, "5"],
    [Symbol("three"), "Symbol(three)"],
  ])
    test(describeValue(value), () => refuses({ maxInFlight: value }, "maxInFlight", shown));
});

describe("what is neither number nor time is checked too", () => {
  for (const [name, values] of Object.entries({
    baseUrl: [null, 7, "http://", {}, [], "not a url"],
    headers: [null, "a: b", 7, { "a b": "c" }, { a: "line\nbreak" }, [["a"]]],
    fetch: [null, "fetch", {}],
    scope: [null, "host", "", {}, 7],
    backoff: [null, "none", 7, []],
    tabs: [null, 0, "yes"],
    persist: [null, 1, ""],
    opaqueThrottling: [null, true, "on", "Diagnose"],
    message: [null, 7, {}],
  }))
    for (const value of values)
      test(`${name}: ${describeValue(value)} is refused`, () => refuses({ [name]: value }, name));

  for (const value of [null, true, "fulll", "", 7])
    test(`backoff.jitter: ${describeValue(value)} is refused`, () =>
      refuses({ backoff: { jitter: value } }, "backoff.jitter"));

  for (const options of [
    { baseUrl: "https://api.example.com/v1/" },
    { baseUrl: new URL("https://api.example.com") },
    { headers: { a: "b" } },
    { headers: [["a", "b"]] },
    { headers: new Headers({ a: "b" }) },
    { headers: () => ({}) },
    { fetch },
    { scope: "origin" },
    { scope: () => "all" },
    { backoff: {} },
    { backoff: { baseMs: 1, maxMs: 2, jitter: "equal" } },
    { backoff: { jitter: "decorrelated" } },
    { tabs: false, persist: false },
    { opaqueThrottling: "off" },
    { message: "Busy." },
    { message: () => "Busy." },
  ])
    test(`${Object.keys(options)}: ${describeValue(Object.values(options)[0])} is accepted`, () =>
      construct(options).close());
});

test("no error repeats a secret that was given as headers", () => {
  const secret = "c2VjcmV0";
  for (const headers of [
    `Bearer ${secret}`,
    { authorization: `Bearer ${secret}\n!` },
    [["x-api-key", secret, ""]],
  ])
    assert.throws(
      () => construct({ headers }),
      (error) => !`${error.stack} ${error.cause}`.includes(secret),
    );
});

test("what the reading of an option throws is what the constructor throws", () => {
  const error = new Error("read");
  const options = {
    get maxQueue() {
      throw error;
    },
  };
  assert.throws(() => construct(options), error);
});

test("options that change later change nothing", async () => {
  const sent = [];
  const options = {
    baseUrl: "https://a.example.com",
    fetch: async (input) => sent.push(input),
    maxInFlight: 1,
  };
  const client = construct(options);
  options.baseUrl = "https://b.example.com";
  options.fetch = undefined;
  await client.fetch("/x");
  assert.deepEqual(sent, ["https://a.example.com/x"]);
});

function describeValue(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object" && value !== null && !(value instanceof URL)) return JSON.stringify(value);
  return String(value);
}
