import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startDemo } from "./harness/demo.js";

describe("2,000 requests at once, against a plan of 400 a second with a burst of 500", () => {
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "400/s", burst: 500, "retry-after": 1 });
  });
  after(() => demo.stop());

  test("all succeed, and the refusals are as few as with 260", async () => {
    const page = await demo.openPage();
    await page.send(2_000);
    await page.finished(2_000);
    assert.equal(await page.figure("Done"), 2_000);
    const { admitted, backend, throttled } = await demo.gateway.stats();
    assert.deepEqual({ admitted, backend }, { admitted: 2_000, backend: 2_000 });
    assert.ok(throttled <= 28, `${throttled} refusals`);
    await page.picture("desktop-light-2000-done");
  });
});
