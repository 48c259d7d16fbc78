import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startDemo } from "./harness/demo.js";

describe("2,000 requests at once, against a plan of 20 a second with a burst of 1,700", () => {
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "20/s", burst: 1_700, "retry-after": 2 });
  });
  after(() => demo.stop());

  test("all succeed, and the refusals are as few as with 260", async () => {
    const page = await demo.openPage();
    await page.send(2_000);
    await page.finished(2_000);
    assert.equal(await page.figure("Done"), 2_000);
    const { admitted, backend, throttled } = await demo.gateway.stats();
    assert.deepEqual({ admitted, backend }, { admitted: 2_000, backend: 2_000 });
    assert.ok(throttled >= 1 && throttled <= 28, `${throttled} refusals`);
    await page.becomes("open");
    await page.picture("desktop-light-2000-done");
  });
});
