import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startDemo } from "./harness/demo.js";

describe("a browser that loses its network", () => {
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "100/s", burst: 200 });
  });
  afterEach(() => demo.startOver());
  after(() => demo.stop());

  test("sends nothing until it is back, and then all of it", async () => {
    const profile = await demo.newProfile();
    const page = await demo.openPage({ profile });
    await page.send(5);
    await page.finished(5);
    await profile.setOffline(true);
    await page.becomes("paused");
    await page.send(30);
    await page.notice.waitFor();
    assert.match(await page.notice.innerText(), /no network/);
    await sleep(500);
    assert.equal(await page.figure("Waiting"), 30);
    assert.equal((await demo.gateway.log()).length, 5);

    await profile.setOffline(false);
    await page.finished(35);
    await page.becomes("open");
    assert.equal(await page.figure("Failed"), 0);
    assert.equal(await page.notice.count(), 0);
    const log = await demo.gateway.log();
    assert.equal(log.length, 35);
    const [first, second] = log.slice(5);
    assert.ok(first.ms < second.ms, "a single probe goes first");
    assert.deepEqual(page.complaints, []);
  });

  test("a person who knows better can have it try all the same", async () => {
    const profile = await demo.newProfile();
    const page = await demo.openPage({ profile });
    await page.send(1);
    await page.finished(1);
    await profile.setOffline(true);
    await page.becomes("paused");
    await page.send(3);
    await page.press("Resume");
    await page.finished(4);
    assert.equal(await page.figure("Failed"), 3);
  });
});
