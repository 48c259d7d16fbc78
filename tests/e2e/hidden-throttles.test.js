// The gateway with Amazon's default: no CORS headers on its own errors, so that a page sees a TypeError
// instead of a 429.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { engines } from "./harness/engines.js";
import { startGateway } from "./harness/mock-gateway.js";
import { startPageServer } from "./harness/page-server.js";

const BURST = 20;
const COUNT = 60;

for (const [engine, openTab] of Object.entries(engines)) {
  describe(`429s that CORS hides, in ${engine}`, () => {
    let gateway;
    let server;
    let tab;
    before(async () => {
      [gateway, server] = await Promise.all([
        startGateway({ rate: "20/s", burst: BURST, "no-error-cors": true }),
        startPageServer(),
      ]);
      tab = await openTab();
    });
    afterEach(() => gateway.reset());
    after(() => Promise.all([tab?.close(), gateway?.stop(), server?.stop()]));

    const calls = async (mode) => {
      const query = new URLSearchParams({ gateway: gateway.url, mode, count: COUNT });
      await tab.goto(`${server.url}/pages/calls.html?${query}`);
      const result = await textOf(tab);
      const { outcomes, heard } = JSON.parse(result);
      const count = (outcome) => outcomes.filter((one) => one === outcome).length;
      return { succeeded: count("200"), failed: count("TypeError"), total: outcomes.length, heard };
    };

    test("diagnosing leaves every error to its caller, and says once what to change", async () => {
      const { succeeded, failed, total, heard } = await calls("diagnose");
      assert.equal(succeeded + failed, total);
      // The full bucket admits its burst, and no more if all requests are answered before the next token.
      assert.ok(
        failed >= COUNT - 2 * BURST && succeeded >= BURST,
        `${succeeded} succeeded, ${failed} failed`,
      );
      assert.deepEqual(heard, ["opaque-throttling"]);
    });

    test("retrying pauses the scope, and every GET succeeds in the end", async () => {
      const { succeeded, total, heard } = await calls("retry");
      assert.equal(succeeded, total);
      assert.equal(heard[0], "opaque-throttling");
      assert.ok(heard.length > 1 && heard.slice(1).every((what) => what === "throttled opaque"), heard);
      const { throttled } = await gateway.stats();
      assert.ok(throttled >= 1 && throttled <= 28, `${throttled} refusals`);
      const probes = (await gateway.log()).filter(({ method }) => method === "HEAD");
      assert.ok(probes.length >= 1 && probes.length <= heard.length, `${probes.length} probes`);
      assert.ok(probes.every(({ query }) => !query));
    });

    test("turned off, an error is an error and nothing else", async () => {
      const { failed, heard } = await calls("off");
      assert.ok(failed > 0);
      assert.deepEqual(heard, []);
      assert.ok((await gateway.log()).every(({ method }) => method === "GET"));
    });
  });
}

async function textOf(tab) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const text = await tab.evaluate(textIn);
    if (text !== "") return text;
    if (Date.now() > deadline) throw new Error("the calls do not end");
    await sleep(50);
  }
}

// Runs in the page.

function textIn() {
  return document.body?.textContent.trim() ?? "";
}
