import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { engines } from "./harness/engines.js";
import { arrivalsInSpite, pausesAskedFor } from "./harness/gateway-log.js";
import { startGateway } from "./harness/mock-gateway.js";
import { startPageServer } from "./harness/page-server.js";

const RETRY_AFTER_MS = 2_000;
/** The page's default number of requests. */
const REQUESTS = 260;

for (const [engine, openTab] of Object.entries(engines)) {
  describe(`a burst of ${REQUESTS} requests against a plan of 20 a second with a burst of 200, in ${engine}`, () => {
    let gateway;
    let server;
    let tab;
    before(async () => {
      [gateway, server] = await Promise.all([
        startGateway({ rate: "20/s", burst: 200, "retry-after": RETRY_AFTER_MS / 1_000 }),
        startPageServer(),
      ]);
      tab = await openTab();
    });
    afterEach(() => gateway.reset());
    after(() => Promise.all([tab?.close(), gateway?.stop(), server?.stop()]));

    const open = () => tab.goto(`${server.url}/?gateway=${encodeURIComponent(gateway.url)}`);

    test("ends with as many successes, and leaves the gateway alone for as long as it asks", async () => {
      await open();
      await press(tab, "Send");
      await until(async () => (await tab.evaluate(noticeIn)).includes("busy, please try again in a moment"));
      await until(async () => (await tab.evaluate(figureIn, "Done")) === REQUESTS);
      assert.equal(await tab.evaluate(figureIn, "Failed"), 0);
      await until(async () => (await tab.evaluate(noticeIn)) === "");

      const log = await gateway.log();
      const { admitted, backend, throttled } = await gateway.stats();
      assert.deepEqual({ admitted, backend }, { admitted: REQUESTS, backend: REQUESTS });
      assert.ok(throttled >= 1 && throttled <= 28, `${throttled} refusals`);
      assert.ok(pausesAskedFor(log, RETRY_AFTER_MS).length >= 1);
      assert.deepEqual(arrivalsInSpite(log, RETRY_AFTER_MS), []);
    });
  });
}

for (const [engine, openTab] of Object.entries(engines)) {
  describe(`a page that is loaded anew during a pause of 5 seconds, in ${engine}`, () => {
    const PAUSE_MS = 5_000;
    let gateway;
    let server;
    let tab;
    before(async () => {
      [gateway, server] = await Promise.all([
        startGateway({ rate: "20/s", burst: 200, "retry-after": PAUSE_MS / 1_000 }),
        startPageServer(),
      ]);
      tab = await openTab();
    });
    after(() => Promise.all([tab?.close(), gateway?.stop(), server?.stop()]));

    test("sends nothing before its end, and says so", async () => {
      await tab.goto(`${server.url}/?gateway=${encodeURIComponent(gateway.url)}`);
      await press(tab, "Send");
      await until(async () => (await tab.evaluate(noticeIn)).includes("busy, please try again in a moment"));
      // Requests in flight arrive.
      await sleep(500);
      const before = await gateway.log();
      await tab.reload();
      await press(tab, "Send");
      await until(async () => (await tab.evaluate(noticeIn)).includes("busy, please try again in a moment"));
      await until(async () => (await tab.evaluate(figureIn, "Done")) === REQUESTS);
      const log = await gateway.log();
      const respite = log[before.length].ms - before.findLast(({ status }) => status === 429).ms;
      assert.ok(respite >= PAUSE_MS, `${respite} ms`);
    });
  });
}

async function press(tab, label) {
  await until(() => tab.evaluate(pressIn, label));
}

/** Polls until `holds` returns true. */
async function until(holds) {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`timed out waiting for: ${holds}`);
    await sleep(50);
  }
}

// Runs in the page.

function pressIn(label) {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === label);
  button?.click();
  return button !== undefined;
}

function noticeIn() {
  return document.querySelector(".notice")?.textContent ?? "";
}

function figureIn(label) {
  const term = [...document.querySelectorAll("dt")].find(({ textContent }) => textContent === label);
  return Number(term?.nextElementSibling.textContent.replaceAll(",", ""));
}
