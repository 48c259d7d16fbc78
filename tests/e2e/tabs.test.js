import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startDemo } from "./harness/demo.js";

describe("five tabs with 100 requests each, on one limit of 10 a second with a burst of 20", () => {
  const [TABS, REQUESTS, RATE, BURST] = [5, 100, 10, 20];
  /** The shortest possible time: the burst at once, then one request after the other. */
  const LEAST_MS = ((TABS * REQUESTS - BURST) / RATE) * 1_000;
  /**
   * The most refusals: 16 or a few more in flight when the bucket runs dry, and the cost of learning the rate
   * without a Retry-After. The simulation has the same target.
   */
  const REFUSALS = 40;
  let demo;
  before(async () => {
    demo = await startDemo({ rate: `${RATE}/s`, burst: BURST });
  });
  after(() => demo.stop());

  // The test takes its 48 s, since it covers real tabs, real timers and a real channel. Longer runs are
  // simulated.
  test("take no more than a tenth longer than must be, learn the limit together, and end together", async () => {
    const profile = await demo.newProfile();
    const tabs = await Promise.all(Array.from({ length: TABS }, () => demo.openPage({ profile })));
    // All tabs start at the same moment, before any of them has called anything or met a limit.
    const begin = Date.now() + 2_000;
    const ends = await Promise.all(
      tabs.map(async (tab) => {
        await tab.send(REQUESTS, begin);
        await tab.finished(REQUESTS, 2 * LEAST_MS);
        return Date.now() - begin;
      }),
    );
    const log = await demo.gateway.log();
    const took = log.at(-1).ms - log[0].ms;
    const { admitted, throttled } = await demo.gateway.stats();
    assert.equal(admitted, TABS * REQUESTS);
    assert.ok(took <= 1.1 * LEAST_MS, `${took} ms, ${(took / LEAST_MS).toFixed(3)} of the least`);
    assert.ok(throttled <= REFUSALS, `${throttled} refusals`);
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    assert.ok(last <= 1.1 * first, `the first after ${first} ms, the last after ${last} ms`);
  });
});

describe("a pause of 5 seconds", () => {
  const RETRY_AFTER_MS = 5_000;
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "20/s", burst: 30, "retry-after": RETRY_AFTER_MS / 1_000 });
  });
  after(() => demo.stop());

  test("holds a sixth tab that is opened meanwhile, which learns of it without a refusal of its own", async () => {
    const profile = await demo.newProfile();
    const five = await Promise.all(Array.from({ length: 5 }, () => demo.openPage({ profile })));
    await Promise.all(five.map((tab) => tab.send(20)));
    await Promise.all(five.map((tab) => tab.becomes("paused")));
    // Requests in flight arrive.
    await sleep(500);
    const before = await demo.gateway.log();
    const sixth = await demo.openPage({ profile });
    await sixth.send(10);
    await sixth.notice.waitFor();
    assert.equal(await sixth.figure("Sent"), 0);
    await Promise.all([...five.map((tab) => tab.finished(20)), sixth.finished(10)]);
    const next = (await demo.gateway.log())[before.length];
    assert.ok(next.ms - before.findLast(({ status }) => status === 429).ms >= RETRY_AFTER_MS);
    for (const tab of five) assert.equal(await tab.figure("Done"), 20);
    assert.equal(await sixth.figure("Done"), 10);
    assert.equal(await sixth.figure("Throttled"), 0);
  });
});
