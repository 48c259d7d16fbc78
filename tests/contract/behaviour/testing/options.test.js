import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MockGateway } from "api-service-client/testing";

const construct = (options) => new MockGateway(options);
const plan = (changes) => ({ plan: { rate: 1, burst: 1, ...changes } });

describe("what is no option is refused by its name and its value", () => {
  for (const [options, message] of [
    [null, "options: expected an object, got null"],
    ["x", 'options: expected an object, got "x"'],
    [{ apiKey: "x" }, "apiKey: no such option"],
    [{ toString: 1 }, "toString: no such option"],
    [{ plan: null }, "plan: expected an object, got null"],
    [plan({ rate: undefined }), "plan.rate: expected a number, 0 or more, got undefined"],
    [plan({ rate: -1 }), "plan.rate: expected a number, 0 or more, got -1"],
    [plan({ rate: Number.NaN }), "plan.rate: expected a number, 0 or more, got NaN"],
    [plan({ rate: "1" }), 'plan.rate: expected a number, 0 or more, got "1"'],
    [plan({ rate: 1e7 }), "plan.rate: more than 1,000,000 a second"],
    [plan({ rate: 1e-9 }), "plan.rate: less than one a year"],
    [plan({ burst: 1.5 }), "plan.burst: expected a whole number, got 1.5"],
    [plan({ burst: 2 ** 32 }), "plan.burst: expected a whole number, got 4294967296"],
    [plan({ rate: 1e-6, burst: 1e6 }), "plan.burst: a burst of 1000000 takes more than a century to refill"],
    [plan({ bursts: 1 }), "plan.bursts: no such option"],
    [plan({ quota: 5 }), "plan.quota: expected an object, got 5"],
    [plan({ quota: { period: "DAY" } }), "plan.quota.limit: expected a whole number, got undefined"],
    [
      plan({ quota: { limit: 1, period: "YEAR" } }),
      'plan.quota.period: expected "DAY", "WEEK" or "MONTH", got "YEAR"',
    ],
    [{ apiKeys: "key" }, 'apiKeys: expected an array of strings, got "key"'],
    [{ apiKeys: [1] }, "apiKeys: expected an array of strings, got [object Array]"],
    [{ order: "authorizer" }, 'order: expected "rate-limit-first" or "authorizer-first", got "authorizer"'],
    [{ authorizer: true }, "authorizer: expected a function, got true"],
    [
      { retryAfter: "soon" },
      'retryAfter: expected a whole number of seconds, "computed", "http-date" or "none", got "soon"',
    ],
    [
      { retryAfter: 1.5 },
      'retryAfter: expected a whole number of seconds, "computed", "http-date" or "none", got 1.5',
    ],
    [{ corsOnErrors: "yes" }, 'corsOnErrors: expected a boolean, got "yes"'],
    [
      { latencyMs: Number.POSITIVE_INFINITY },
      "latencyMs: expected a number of milliseconds, 0 or more, or a function, got Infinity",
    ],
    [{ backend: {} }, "backend: expected a function, got [object Object]"],
  ])
    test(message, () => {
      assert.throws(() => construct(options), new TypeError(message));
    });
});

test("undefined is as good as not given", () => {
  construct(undefined);
  construct({ plan: undefined, apiKeys: undefined, order: undefined, retryAfter: undefined });
  construct(plan({ quota: undefined }));
});

test("fetch is bound, and options that change later change nothing", async () => {
  const options = { apiKeys: ["key"] };
  const { fetch } = construct(options);
  options.apiKeys.push("other");
  options.authorizer = () => false;
  const ask = async (key) =>
    (await fetch("https://api.example.com/", { headers: { "x-api-key": key } })).status;
  assert.deepEqual([await ask("key"), await ask("other")], [200, 403]);
});
