// Pages whose code is a test file: each is run by its own test runner.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { recipe } from "./recipe.js";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const program = (name, file) => join(dirname(resolve(`${name}/package.json`)), file);
// The variables hide from the pages' runners that they run inside this one.
const env = { ...process.env, NO_COLOR: "1", NODE_TEST_CONTEXT: undefined };

describe("the tests of a page pass", () => {
  for (const [name, passed] of [
    ["vitest", 2],
    ["msw", 1],
  ])
    test(name, async () => {
      const { folder } = await recipe(name);
      const { stdout } = await run(
        process.execPath,
        [program("vitest", "vitest.mjs"), "run", "--root", folder],
        {
          env,
        },
      );
      assert.match(stdout, new RegExp(`Tests +${passed} passed \\(${passed}\\)`));
    });

  test("jest", async () => {
    const { folder } = await recipe("jest");
    const jest = [program("jest", "bin/jest.js"), "--rootDir", folder];
    const { stderr } = await run(process.execPath, ["--experimental-vm-modules", ...jest], {
      cwd: folder,
      env,
    });
    assert.match(stderr, /Tests: +1 passed, 1 total/);
  });
});
