import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { publint } from "publint";
import { pack, project } from "./project.js";

const entries = ["index", "slim", "react", "testing"];
const { installed } = await project();
const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));

describe("what is published", () => {
  test("the entry points, their types and maps, the module, a README, the licences, and nothing else", async () => {
    const { files } = await pack();
    const paths = files.map(({ path }) => path);
    const expected = [
      "package.json",
      "README.md",
      "LICENSE-APACHE",
      "LICENSE-MIT",
      "dist/api-service-client.wasm",
      ...entries.flatMap((name) => [`dist/${name}.js`, `dist/${name}.js.map`, `dist/${name}.d.ts`]),
    ];
    assert.deepEqual(
      expected.filter((path) => !paths.includes(path)),
      [],
      "missing",
    );
    const others = paths.filter((path) => !expected.includes(path));
    assert.deepEqual(
      others.filter((path) => !/^dist\/.+\.d\.ts$/.test(path)),
      [],
      "should not be there",
    );
  });

  test("each path in the manifest is a file of the package", async () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === "string" ? [target] : Object.values(target),
    );
    for (const target of [manifest.main, manifest.types, ...targets]) {
      await assert.doesNotReject(readFile(join(installed, target)), target);
    }
  });

  test("only the testing entry has the mock gateway in it", async () => {
    const has = async (name) => {
      const text = await readFile(join(installed, "dist", `${name}.js`), "utf8");
      return /testing|MockGateway|TooManyRequestsException/.test(text);
    };
    assert.deepEqual(await Promise.all(entries.map(has)), [false, false, false, true]);
    const text = await readFile(join(installed, "dist/testing.js"), "utf8");
    assert.doesNotMatch(text, /^import\b|\bfrom"|import\(/m, "the module imports nothing of the client");
  });

  test("publint finds nothing to complain about", async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    assert.deepEqual(messages, []);
  });

  test("no declaration leads to a name that only the build knows", async () => {
    const { files } = await pack();
    for (const { path } of files.filter(({ path }) => path.endsWith(".d.ts"))) {
      assert.doesNotMatch(await readFile(join(installed, path), "utf8"), /["']#/, path);
    }
  });

  test("nothing names a folder of the machine that built it", async () => {
    const { files } = await pack();
    for (const { path } of files) {
      assert.doesNotMatch(
        await readFile(join(installed, path), "latin1"),
        /\/(home|root|Users)\/|\.cargo\/registry/,
        path,
      );
    }
  });

  test("the manifest says what it is, under which licence, for which Node, and asks for provenance", async () => {
    const cargo = await readFile(new URL("../../Cargo.toml", import.meta.url), "utf8");
    const [, version] = cargo.match(/^version = "(.+)"$/m);
    const { description, keywords, license, engines, publishConfig } = manifest;
    assert.equal(manifest.version, version, "the version is that of the crate");
    assert.ok(description.length > 20 && keywords.length > 4);
    assert.equal(license, "MIT OR Apache-2.0");
    assert.deepEqual(engines, { node: ">=20.19" });
    assert.deepEqual(publishConfig, { access: "public", provenance: true });
    assert.notEqual(manifest.private, true);
  });

  test("its README is the project's up to the tasks, and leads nowhere that npm does not have", async () => {
    const own = await readFile(join(installed, "README.md"), "utf8");
    const projects = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const [shared, tasks] = projects.split("## Try it, test it\n");
    assert.ok(tasks, "the project's README has this heading");
    assert.equal(own, `${shared}MIT OR Apache-2.0\n`);
    assert.doesNotMatch(own, /\]\((?!https:)/, "no link points to a file of the repository");
    const named = [...own.matchAll(/^\| `(api-service-client.*?)` \|/gm)].map(([, name]) => name);
    const offered = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
    assert.deepEqual(named.sort(), offered.map((path) => path.replace(/^\./, manifest.name)).sort());
  });

  test("it runs nothing when it is installed, and needs nothing but React for its bindings", () => {
    assert.deepEqual(Object.keys(manifest.scripts ?? {}), []);
    assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
    assert.deepEqual(manifest.peerDependenciesMeta, { react: { optional: true } });
  });
});
