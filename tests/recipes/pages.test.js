import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pages } from "./recipe.js";

const folder = (relative) => fileURLToPath(new URL(relative, import.meta.url));

test("every page is run by some test, and stands in the list of them", async () => {
  const tests = await Promise.all(
    ["./", "../e2e/"].map(folder).map(async (path) => {
      const files = (await readdir(path)).filter((file) => file.endsWith(".test.js"));
      return Promise.all(files.map((file) => readFile(join(path, file), "utf8")));
    }),
  );
  const code = tests.flat().join("\n");
  const list = await readFile(folder("../../docs/recipes/README.md"), "utf8");
  const names = await pages();
  assert.ok(names.length >= 10);
  for (const name of names) {
    assert.ok(code.includes(`"${name}"`), `${name}: no test`);
    assert.ok(list.includes(`(${name}.md)`), `${name}: not listed`);
  }
});
