import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { startDemo } from "./harness/demo.js";
import { arrivalsInSpite } from "./harness/gateway-log.js";

const RETRY_AFTER_MS = 5_000;

describe("a pause of 5 seconds", () => {
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "20/s", burst: 30, "retry-after": RETRY_AFTER_MS / 1_000 });
  });
  afterEach(() => demo.startOver());
  after(() => demo.stop());

  test("survives a reload: the page that comes back holds its calls, and says so", async () => {
    const page = await demo.openPage();
    await page.send(50);
    await page.becomes("paused");
    await page.page.reload();
    await page.send(10);
    await page.becomes("paused");
    await page.notice.waitFor();
    await page.finished(10);
    assert.equal(await page.figure("Done"), 10);
    // It had no need to be refused itself.
    assert.equal(await page.figure("Throttled"), 0);
    assert.deepEqual(arrivalsInSpite(await demo.gateway.log(), RETRY_AFTER_MS), []);
  });

  test("holds another tab too, which learns of it without a refusal of its own", async () => {
    const profile = await demo.newProfile();
    const [first, second] = [await demo.openPage({ profile }), await demo.openPage({ profile })];
    await first.send(50);
    await first.becomes("paused");
    await second.send(10);
    await second.notice.waitFor();
    await Promise.all([first.finished(50), second.finished(10)]);
    assert.equal(await first.figure("Done"), 50);
    assert.equal(await second.figure("Done"), 10);
    assert.equal(await second.figure("Throttled"), 0);
    assert.deepEqual(arrivalsInSpite(await demo.gateway.log(), RETRY_AFTER_MS), []);
  });
});
