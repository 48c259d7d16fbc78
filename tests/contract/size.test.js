import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BUDGETS, sizes } from "../../pkg/scripts/size.mjs";

const measured = await sizes();

describe("what a page grows by, gzipped, is within the budget", () => {
  for (const [name, { budget }] of Object.entries(BUDGETS))
    test(`${name}: ${budget} bytes`, () => {
      const size = measured[name];
      assert.ok(size > 0 && size <= budget, `${size} bytes, ${size - budget} too many`);
    });
});
