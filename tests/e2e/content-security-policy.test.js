import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBarePages } from "./harness/bare-page.js";
import { engines } from "./harness/engines.js";
import { until } from "./harness/until.js";

const POLICIES = {
  "/strict": "default-src 'self'",
  "/allowed": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
};

for (const [engine, openTab] of Object.entries(engines))
  describe(`a page with a Content-Security-Policy, in ${engine}`, () => {
    let server;
    let tab;
    before(async () => {
      [server, tab] = await Promise.all([startBarePages(POLICIES), openTab()]);
    });
    after(() => Promise.all([tab?.close(), server?.stop()]));

    const open = async (path) => {
      await tab.goto(server.url + path);
      await until(() => tab.evaluate(isReadyIn));
    };

    test("that allows WebAssembly: the client works, without `unsafe-eval` and `data:`", async () => {
      await open("/allowed");
      assert.equal(await tab.evaluate(constructIn), "constructed");
    });

    test("that does not: the page lives, and the error says what to add", async () => {
      await open("/strict");
      assert.match(await tab.evaluate(constructIn), /^Error: .*script-src needs 'wasm-unsafe-eval'/);
    });

    test("that does not: init() says the same", async () => {
      await open("/strict");
      await tab.evaluate(initIn);
      await until(async () => (await tab.evaluate(outcomeIn)) !== null);
      assert.match(await tab.evaluate(outcomeIn), /script-src needs 'wasm-unsafe-eval'/);
    });
  });

// Runs in the page.

function isReadyIn() {
  return "init" in window;
}

function constructIn() {
  try {
    new window.ApiServiceClient().close();
    return "constructed";
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

function initIn() {
  window.init().then(
    () => {
      window.outcome = "started";
    },
    (error) => {
      window.outcome = error.message;
    },
  );
}

function outcomeIn() {
  return window.outcome ?? null;
}
