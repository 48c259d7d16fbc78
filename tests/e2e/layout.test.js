import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, afterEach, before, describe, test } from "node:test";
import { startDemo } from "./harness/demo.js";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SCREENS = {
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 960 } },
};

for (const [screen, size] of Object.entries(SCREENS)) {
  for (const colorScheme of ["light", "dark"]) {
    describe(`the page on a ${screen}, ${colorScheme}`, () => {
      let demo;
      before(async () => {
        demo = await startDemo({ rate: "20/s", burst: 200, "retry-after": 2 });
      });
      afterEach(() => demo.startOver());
      after(() => demo.stop());

      test("fits the screen and is accessible: at rest, paused, and recovered", async () => {
        const page = await demo.openPage({ ...size, colorScheme, reducedMotion: "reduce" });
        await holds(page, size);
        await page.picture(`${screen}-${colorScheme}-1-at-rest`);

        await page.send(260);
        await page.notice.waitFor();
        await holds(page, size);
        await page.picture(`${screen}-${colorScheme}-2-paused`);

        await page.finished(260);
        await page.becomes("open");
        await page.gatewayShows("Admitted", 260);
        await holds(page, size);
        await page.picture(`${screen}-${colorScheme}-3-recovered`);
        assert.deepEqual(page.complaints, []);
      });
    });
  }
}

/** Checks that the page does not scroll sideways, and that axe finds nothing. */
async function holds({ page }, { viewport }) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= viewport.width, `${width} px wide`);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(
    violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) })),
    [],
  );
}
