import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { project } from "./project.js";

const app = await project();

// A browser may refuse to compile a large module synchronously on its main thread.
const REFUSE_SYNCHRONOUS_COMPILATION = `
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct() { throw new RangeError("refused to compile on this thread"); },
  });
`;
const WASM = `
  import { readFile } from "node:fs/promises";
  import { fileURLToPath } from "node:url";
  const wasm = () => readFile(fileURLToPath(import.meta.resolve("api-service-client/api-service-client.wasm")));
`;
const CONSTRUCT = `new ApiServiceClient().close(); console.log("constructed");`;

describe("init() of the default entry", () => {
  test("compiles in the background, so that the first construction need not", async () => {
    const { stdout } = await app.module(`
      import { ApiServiceClient, init } from "api-service-client";
      ${REFUSE_SYNCHRONOUS_COMPILATION}
      try { new ApiServiceClient(); } catch (error) { console.log(error.message); }
      await init();
      ${CONSTRUCT}
    `);
    assert.equal(stdout, "refused to compile on this thread\nconstructed");
  });

  test("may be called any number of times, before and after the first construction", async () => {
    const { stdout } = await app.module(`
      import { ApiServiceClient, init } from "api-service-client";
      await Promise.all([init(), init()]);
      ${CONSTRUCT}
      await init();
      ${CONSTRUCT}
    `);
    assert.equal(stdout, "constructed\nconstructed");
  });
});

describe("init(source) of the slim entry", () => {
  const sources = {
    "a buffer": "await wasm()",
    "a compiled module": "await WebAssembly.compile(await wasm())",
    "a response": `new Response(await wasm(), { headers: { "content-type": "application/wasm" } })`,
    "the promise of a response": `wasm().then((bytes) =>
      new Response(bytes, { headers: { "content-type": "application/wasm" } }))`,
  };
  for (const [name, source] of Object.entries(sources)) {
    test(`takes ${name}`, async () => {
      const { stdout } = await app.module(`
        ${WASM}
        import { ApiServiceClient, init } from "api-service-client/slim";
        await init(${source});
        ${CONSTRUCT}
      `);
      assert.equal(stdout, "constructed");
    });
  }

  test("comes before the first construction, which says so", async () => {
    const { stdout } = await app.module(`
      import { ApiServiceClient } from "api-service-client/slim";
      try { new ApiServiceClient(); } catch (error) { console.log(error.message); }
    `);
    assert.match(stdout, /init/);
  });

  test("can be tried again after a failure", async () => {
    const { stdout } = await app.module(`
      ${WASM}
      import { ApiServiceClient, init } from "api-service-client/slim";
      await init(new Uint8Array([1, 2, 3])).catch(() => console.log("refused"));
      await init(await wasm());
      ${CONSTRUCT}
    `);
    assert.equal(stdout, "refused\nconstructed");
  });
});
