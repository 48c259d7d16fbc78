import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { startDemo } from "./harness/demo.js";
import { arrivalsBetween, arrivalsInSpite, pausesAskedFor } from "./harness/gateway-log.js";

const RETRY_AFTER_MS = 2_000;
/** The client's default maxInFlight: the requests that may be in flight when the first refusal arrives. */
const IN_FLIGHT = 16;

describe("a burst of 260 requests against a plan of 20 a second with a burst of 200", () => {
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "20/s", burst: 200, "retry-after": 2 });
  });
  afterEach(() => demo.startOver());
  after(() => demo.stop());

  test("ends with 260 successes", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.finished(260);
    assert.equal(await page.figure("Done"), 260);
    assert.equal(await page.figure("Failed"), 0);
    assert.equal(await page.figure("Waiting"), 0);
    assert.equal(await page.figure("In flight"), 0);
    assert.deepEqual(page.complaints, []);
  });

  test("costs a refusal for each request that was on its way, and a few to learn the rate", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.finished(260);
    const { throttled } = await demo.gateway.stats();
    assert.ok(throttled >= 1 && throttled <= 28, `${throttled} refusals`);
  });

  test("shows no refused request to the backend, and every other one exactly once", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.finished(260);
    const { admitted, backend, throttled } = await demo.gateway.stats();
    assert.deepEqual({ admitted, backend }, { admitted: 260, backend: 260 });
    const log = await demo.gateway.log();
    const accepted = log.filter(({ status }) => status === 200).map(({ path }) => path);
    assert.equal(new Set(accepted).size, 260);
    assert.equal(log.length, 260 + throttled);
  });

  test("leaves the gateway alone for as long as it asked", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.finished(260);
    const log = await demo.gateway.log();
    const pauses = pausesAskedFor(log, RETRY_AFTER_MS);
    assert.ok(pauses.length >= 1);
    for (const { from, until } of pauses) {
      assert.ok(arrivalsBetween(log, from, until).length < 2 * IN_FLIGHT);
    }
    assert.deepEqual(arrivalsInSpite(log, RETRY_AFTER_MS), []);
  });

  test("sends one request alone after each pause, to probe", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.finished(260);
    const log = await demo.gateway.log();
    for (const { until } of pausesAskedFor(log, RETRY_AFTER_MS)) {
      const probe = log.find(({ ms }) => ms >= until);
      assert.equal(probe?.status, 200);
    }
  });

  test("notifies once for each pause, and no longer than it lasts", async () => {
    const page = await demo.openPage();
    assert.equal(await page.notice.count(), 0);
    await page.send(260);
    await page.notice.waitFor();
    // 0:03 covers the jitter that the client adds to the two seconds.
    assert.match(await page.notice.innerText(), /busy, please try again in a moment\.\s*0:0[123]$/);
    await page.finished(260);
    assert.equal(await page.notice.count(), 0);
    const pauses = pausesAskedFor(await demo.gateway.log(), RETRY_AFTER_MS);
    assert.deepEqual(
      await page.spoken(),
      pauses.map(() => "The application is busy, please try again in a moment."),
    );
  });

  test("never takes the focus", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.notice.waitFor();
    assert.equal(await page.page.evaluate(() => document.activeElement?.textContent), "Send");
  });

  test("shows the gateway's own count beside the client's", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.finished(260);
    const { throttled } = await demo.gateway.stats();
    await page.gatewayShows("Admitted", 260);
    await page.gatewayShows("Throttled", throttled);
    await page.gatewayShows("Backend", 260);
    assert.equal(await page.figure("Throttled"), throttled);
    assert.equal(await page.figure("Sent"), 260 + throttled);
  });
});
