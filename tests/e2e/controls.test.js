import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { startDemo } from "./harness/demo.js";

describe("the controls", () => {
  let demo;
  before(async () => {
    demo = await startDemo({ rate: "20/s", burst: 200, "retry-after": 2 });
  });
  afterEach(() => demo.startOver());
  after(() => demo.stop());

  test("Pause holds what is sent then, and Resume lets it go", async () => {
    const page = await demo.openPage();
    await page.press("Pause");
    await page.becomes("paused");
    await page.send(20);
    await page.notice.waitFor();
    assert.equal(await page.figure("Waiting"), 20);
    assert.deepEqual(await demo.gateway.log(), []);
    await page.press("Resume");
    await page.finished(20);
    await page.becomes("open");
    assert.equal((await demo.gateway.stats()).admitted, 20);
  });

  test("Start over gives up what waits, and begins with a full bucket and every count at zero", async () => {
    const page = await demo.openPage();
    await page.send(260);
    await page.becomes("paused");
    await page.press("Start over");
    await page.becomes("open");
    for (const label of ["Waiting", "In flight", "Done", "Sent", "Throttled"]) {
      assert.equal(await page.figure(label), 0, label);
    }
    await page.gatewayShows("Admitted", 0);
    await page.send(5);
    await page.finished(5);
    assert.equal((await demo.gateway.log()).length, 5);
  });

  test("a number of requests that is none is refused by the form", async () => {
    const page = await demo.openPage();
    await page.send(0);
    assert.equal(await page.figure("Waiting"), 0);
    assert.equal(
      await page.page.getByRole("spinbutton", { name: "Requests" }).evaluate((input) => input.validity.valid),
      false,
    );
  });
});

describe("without a gateway", () => {
  test("the page says what to start", async () => {
    const demo = await startDemo({});
    try {
      await demo.gateway.stop();
      const page = await demo.openPage();
      await page.page.getByText("No mock gateway answers at").waitFor();
      assert.equal(await page.page.getByText("cargo xtask demo").count(), 1);
    } finally {
      await demo.stop();
    }
  });
});
