import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { project } from "./project.js";

const app = await project();

// A call that needs no server: its success shows that the module runs.
const CALL = `
  const client = new ApiServiceClient({ fetch: async () => new Response("hello"), tabs: false, persist: false });
  client.fetch("https://api.example.com/").then((response) => response.text()).then((text) => {
    console.log(text);
    client.close();
  });
`;

describe("the first call needs no init", () => {
  test("of an ES module", async () => {
    const { stdout } = await app.module(`import { ApiServiceClient } from "api-service-client"; ${CALL}`);
    assert.equal(stdout, "hello");
  });

  test("of a CommonJS script", async () => {
    const { stdout } = await app.script(
      `const { ApiServiceClient } = require("api-service-client"); ${CALL}`,
    );
    assert.equal(stdout, "hello");
  });
});

describe("the mock gateway needs no init either", () => {
  const USE = `
    new MockGateway({ plan: { rate: 1, burst: 0 } }).fetch("https://api.example.com/")
      .then((response) => response.text()).then(console.log);
  `;

  test("of an ES module", async () => {
    const { stdout } = await app.module(`import { MockGateway } from "api-service-client/testing"; ${USE}`);
    assert.equal(stdout, '{"message":"Too Many Requests"}');
  });

  test("of a CommonJS script", async () => {
    const { stdout } = await app.script(
      `const { MockGateway } = require("api-service-client/testing"); ${USE}`,
    );
    assert.equal(stdout, '{"message":"Too Many Requests"}');
  });
});

describe("to import the package does nothing", () => {
  const withoutWebAssembly = `
    const { WebAssembly } = globalThis;
    globalThis.WebAssembly = new Proxy({}, {
      get(_, name) { throw new Error("WebAssembly." + String(name) + " was touched"); },
    });
  `;

  for (const name of ["api-service-client", "api-service-client/slim", "api-service-client/testing"]) {
    test(`${name} compiles nothing, defines no global, and leaves nothing running`, async () => {
      const { stdout } = await app.module(`
        ${withoutWebAssembly}
        const settled = () => new Promise((resolve) => setImmediate(resolve));
        const running = () => process.getActiveResourcesInfo().filter((name) => name !== "CloseReq");
        await settled();
        const before = { globals: Object.getOwnPropertyNames(globalThis), running: running() };
        await import("${name}");
        await settled();
        const after = { globals: Object.getOwnPropertyNames(globalThis), running: running() };
        console.log(JSON.stringify({ before, after }));
      `);
      const { before, after } = JSON.parse(stdout);
      assert.deepEqual(after, before);
    });
  }

  test("the first construction compiles, and can be tried again after a failure", async () => {
    const { stdout } = await app.module(`
      ${withoutWebAssembly}
      const { ApiServiceClient } = await import("api-service-client");
      try { new ApiServiceClient(); } catch (error) { console.log(error.message); }
      globalThis.WebAssembly = WebAssembly;
      new ApiServiceClient().close();
      console.log("constructed");
    `);
    assert.match(stdout, /^WebAssembly\.\w+ was touched\nconstructed$/);
  });
});

test("only what the manifest names can be imported", async () => {
  await assert.rejects(
    app.module(`import "api-service-client/dist/index.js"`),
    /ERR_PACKAGE_PATH_NOT_EXPORTED/,
  );
});
