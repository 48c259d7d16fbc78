import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBarePages } from "./harness/bare-page.js";
import { engines } from "./harness/engines.js";
import { until } from "./harness/until.js";

/**
 * The inputs on which an engine deviates from the standard but the client does not. The client is compared
 * with a bare fetch in Chromium, which runs first.
 */
const SHORT_OF_THE_STANDARD = {
  // WebKit accepts any value as a signal, and rejects with an AbortError whatever the reason.
  WebKit: [
    'inits: {"signal":{}}',
    'inits: {"signal":"signal"}',
    "signals: aborted for a reason",
    "signals: aborted for an error",
    "signals: aborted for null",
    "signals: aborted on a Request",
    "signals: of an init over that of a Request",
    "signals: a time that runs out",
    "signals: any of several",
  ],
};
const standard = new Map();

for (const [engine, openTab] of Object.entries(engines))
  describe(`in ${engine} a call of a client's fetch ends as one of the page's`, () => {
    let server;
    let tab;
    let results;
    before(async () => {
      [server, tab] = await Promise.all([startBarePages(), openTab()]);
      await tab.goto(`${server.url}/`);
      await until(() => tab.evaluate(isReadyIn));
      await tab.evaluate(compareIn);
      await until(async () => {
        results = await tab.evaluate(resultsIn);
        return results !== null;
      });
    });
    after(() => Promise.all([tab?.close(), server?.stop()]));

    // One test for each way: thousands of lines would hide a failure.
    test("in every way that it may be carried", async (t) => {
      assert.ok(results.length > 800, `${results}`);
      for (const result of results) {
        const call = `${result.table}: ${result.name}`;
        if (engine === "Chromium") standard.set(call, result.bare);
        else if (SHORT_OF_THE_STANDARD[engine]?.includes(call)) result.bare = standard.get(call);
      }
      for (const way of new Set(results.map(({ way }) => way)))
        await t.test(way, () => {
          const different = results.filter((result) => result.way === way && result.bare !== result.ours);
          const told = different.map(
            ({ table, name, bare, ours }) => `${table}: ${name}\nbare ${bare}\nours ${ours}`,
          );
          assert.equal(told.join("\n"), "");
        });
    });
  });

// Runs in the page.

function isReadyIn() {
  return "compare" in window;
}

function compareIn() {
  const shown = (value) => JSON.stringify(value, null, 1);
  window.compare(window.ApiServiceClient, location.href).then(
    (results) => {
      window.results = results.map(({ bare, ours, ...call }) => ({
        ...call,
        bare: shown(bare),
        ours: shown(ours),
      }));
    },
    (error) => {
      window.results = String(error);
    },
  );
}

function resultsIn() {
  return window.results ?? null;
}
