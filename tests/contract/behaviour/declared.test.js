// The types are written by hand, and so is the code in Rust and JavaScript that they describe. These tests
// compare both.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ApiServiceClient } from "api-service-client";
import { Gateway, heard, quotaExceeded, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();
const entry = import.meta.resolve("api-service-client");
const declarations = async (name) => readFile(fileURLToPath(new URL(name, entry)), "utf8");
const [types, clientTypes] = await Promise.all(["types.d.ts", "client.d.ts"].map(declarations));

/** The names that an interface or a class declares itself, without inherited ones and symbols. */
function declared(name, text = types) {
  const body = text.match(
    new RegExp(`^export (?:abstract |declare )*(?:interface|class) ${name}\\b.*?^}`, "ms"),
  );
  assert.ok(body, `${name} is not declared`);
  const names = [...body[0].matchAll(/^ {4}(?:readonly |get )?(\w+)(?:<.*?>)?\??[:(]/gm)].map(
    ([, name]) => name,
  );
  return [...new Set(names)].sort();
}

const names = (object) => Object.keys(object).sort();

describe("what is declared is there, and what is there is declared", () => {
  for (const [name, nested] of [
    ["ApiServiceClientOptions", (options) => options],
    ["BackoffOptions", (backoff) => ({ backoff })],
    ["UsagePlan", (plan) => ({ plan })],
  ])
    test(name, () => {
      assert.ok(declared(name).length > 1);
      for (const option of declared(name))
        assert.throws(
          () => new ApiServiceClient(nested({ [option]: Symbol("wrong") })),
          ({ message }) => message.includes(`${option}: expected`),
          option,
        );
    });

  test("the options in README.md", async () => {
    const text = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
    const [, section] = text.match(/^## Options$(.*?)^## /ms);
    const rows = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(rows.sort(), declared("ApiServiceClientOptions"));
  });

  test("ThrottleState and ScopeState", async () => {
    const client = new Gateway().client();
    await client.fetch("/a");
    assert.deepEqual(names(client.state), declared("ThrottleState"));
    for (const scope of Object.values(client.state.scopes))
      assert.deepEqual(names(scope), declared("ScopeState"));
  });

  test("the details of events", async () => {
    const seen = {};
    for (const [answers, paths] of [
      [
        [throttledFor(10), throttledFor(60)],
        ["/1", "/2"],
      ],
      [[quotaExceeded()], ["/1"]],
    ]) {
      const client = new Gateway().answers(...answers).client();
      const events = heard(client);
      const calls = paths.map((path) => client.fetch(path));
      await time.pass(120_000);
      await Promise.all(calls);
      for (const { type, ...detail } of events) seen[type] = names(detail);
    }
    assert.deepEqual(seen, {
      throttled: declared("ThrottledDetail"),
      retry: declared("RetryDetail"),
      extended: declared("ThrottledDetail"),
      resumed: declared("ResumedDetail"),
      quotaexceeded: declared("QuotaExceededDetail"),
    });
  });

  test("the members of a client", () => {
    const client = new Gateway().client();
    const there = [
      ...Object.keys(client),
      ...Object.getOwnPropertyNames(Object.getPrototypeOf(ApiServiceClient.prototype)),
    ];
    const known = declared("BaseClient", clientTypes);
    assert.deepEqual(there.sort(), known);
  });
});
