import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { environments } from "./environments.js";
import { startApi } from "./harness/api.js";
import { Matrix } from "./harness/matrix.js";
import { createProjects } from "./harness/project.js";

// `--all`, or parts of the names of environments.
const words = process.argv.slice(2);
const isAskedFor = ({ name, quick }) =>
  words.length === 0 ? quick : words.includes("--all") || words.some((word) => name.includes(word));

const matrix = new Matrix();
const world = {};
before(async () => {
  world.projects = await createProjects();
  world.api = await startApi();
});
after(async () => {
  await Promise.all([world.api?.stop(), world.projects?.remove()]);
  console.log(`\n${matrix}\n`);
});

for (const environment of environments.filter(isAskedFor)) {
  describe(environment.name, () => {
    const record = matrix.row(environment.name);
    let outcome = {};
    before(async () => {
      try {
        outcome = await environment.run(world);
      } catch (error) {
        // Printed once: each check fails below.
        console.error(error);
      }
    });

    for (const check of environment.checks) {
      test(check, () => {
        const how = outcome[check] ?? "was not made";
        record(check, how === "passed");
        assert.equal(how, "passed", how);
      });
    }
  });
}
