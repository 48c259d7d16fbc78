import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { engines } from "./harness/engines.js";
import { startGateway } from "./harness/mock-gateway.js";
import { startRecipePage } from "./harness/recipe-page.js";
import { until } from "./harness/until.js";

const REQUESTS = 30;
const MESSAGE = "The application is busy, please try again in a moment.";

/** The load of each recipe's page: a function that runs there and sends `count` requests to an address. */
const LOADS = { "service-worker": loadByFetchIn, "dedicated-worker": loadByWorkerIn };

for (const [engine, openTab] of Object.entries(engines))
  for (const [name, loadIn] of Object.entries(LOADS))
    describe(`the recipe of a ${name}, in ${engine}`, () => {
      let gateway;
      let server;
      let tab;
      before(async () => {
        [gateway, tab] = await Promise.all([
          startGateway({ rate: "20/s", burst: 10, "retry-after": 1 }),
          openTab(),
        ]);
        server = await startRecipePage(name, gateway.url);
        await tab.goto(`${server.url}/`);
      });
      after(() => Promise.all([tab?.close(), gateway?.stop(), server?.stop()]));

      test("everything gets through a limit that the page knows nothing of, and the user is told", async () => {
        await until(() => tab.evaluate(isReadyIn, name));
        await tab.evaluate(loadIn, `${gateway.url}/api/v1/resource/`, REQUESTS);
        await until(async () => (await tab.evaluate(statusIn)) === MESSAGE);
        await until(async () => (await tab.evaluate(outcomeIn)) !== null);
        assert.deepEqual(await tab.evaluate(outcomeIn), Array(REQUESTS).fill(200));
        const { admitted, throttled } = await gateway.stats();
        assert.equal(admitted, REQUESTS);
        assert.ok(throttled >= 1 && throttled <= 28, `${throttled} refusals`);
      });
    });

// Runs in the page.

function isReadyIn(name) {
  if (name === "service-worker") return navigator.serviceWorker.controller !== null && Boolean(window.page);
  return Boolean(window.page);
}

function loadByFetchIn(url, count) {
  const load = async (i) => (await fetch(url + i)).status;
  Promise.all(Array.from({ length: count }, (_, i) => load(i))).then(
    (statuses) => {
      window.outcome = statuses;
    },
    (error) => {
      window.outcome = String(error);
    },
  );
}

function loadByWorkerIn(url, count) {
  const load = async (i) => {
    const { status, error } = await window.page.load(url + i);
    return status ?? error;
  };
  Promise.all(Array.from({ length: count }, (_, i) => load(i))).then((statuses) => {
    window.outcome = statuses;
  });
}

function statusIn() {
  return document.querySelector("[role=status]").textContent;
}

function outcomeIn() {
  return window.outcome ?? null;
}
