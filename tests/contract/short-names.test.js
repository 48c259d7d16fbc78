import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { withShortNames } from "../../pkg/scripts/short-names.mjs";

/**
 * A module with `count` imported functions, each exported again, all with names of 16 digits. They have no
 * arguments and are never called.
 */
function moduleWith(count) {
  const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
  const string = (text) => [...number(text.length), ...new TextEncoder().encode(text)];
  const section = (id, body) => [id, ...number(body.length), ...body];
  const names = Array.from({ length: count }, (_, i) => `__wbg_f_${String(i).padStart(16, "0")}`);
  const imports = names.flatMap((name) => [...string("./core_bg.js"), ...string(name), 0, 0]);
  const exported = (i) => `core_f_${String(i).padStart(16, "0")}`;
  const exports = names.flatMap((_, i) => [...string(exported(i)), 0, ...number(i)]);
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const wasm = [
    ...header,
    ...section(1, [1, 0x60, 0, 0]),
    ...section(2, [...number(count), ...imports]),
    ...section(7, [...number(count), ...exports]),
  ];
  const glue = [
    "const imports = {",
    ...names.map((name, i) => `    ${name}: function${i},`),
    "};",
    ...names.map((_, i) => `wasm.${exported(i)}(${i});`),
  ].join("\n");
  return { wasm: Uint8Array.from(wasm), glue };
}

const namesIn = (wasm) => WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);
const exportsOf = (wasm) => WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);

describe("the names between WebAssembly and its glue", () => {
  for (const count of [1, 52, 53, 120])
    test(`${count} of them stay in step, and no two are the same`, () => {
      const { wasm, glue } = moduleWith(count);
      const short = withShortNames(wasm, glue);
      const names = namesIn(short.wasm);
      assert.equal(new Set(names).size, count);
      assert.ok(names.every((name) => name.length <= 2));
      const keys = [...short.glue.matchAll(/^ +(\w+): function(\d+),$/gm)].map(([, key, i]) => [key, i]);
      assert.deepEqual(
        keys,
        names.map((name, i) => [name, String(i)]),
      );
      const exports = exportsOf(short.wasm);
      assert.equal(new Set(exports).size, count);
      assert.ok(exports.every((name) => name.length <= 2));
      const called = [...short.glue.matchAll(/^wasm\.(\w+)\((\d+)\);$/gm)].map(([, name, i]) => [name, i]);
      assert.deepEqual(
        called,
        exports.map((name, i) => [name, String(i)]),
      );
    });

  test("an export that the glue does not use keeps its name", () => {
    const { wasm, glue } = moduleWith(2);
    const unused = "core_f_0000000000000001";
    const short = withShortNames(wasm, glue.replace(`wasm.${unused}(1);`, ""));
    assert.deepEqual(exportsOf(short.wasm), ["a", unused]);
  });

  test("a name that the glue does not provide stops the build", () => {
    const { wasm, glue } = moduleWith(3);
    assert.throws(
      () => withShortNames(wasm, glue.replace("__wbg_f_0000000000000001", "renamed")),
      /glue has no/,
    );
  });

  test("are short in what is published", async () => {
    const wasm = await readFile(new URL("../../pkg/dist/api-service-client.wasm", import.meta.url));
    assert.ok(namesIn(wasm).every((name) => name.length <= 2));
  });
});
