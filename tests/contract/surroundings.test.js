// A client without a page: its behaviour, and the resources that it leaves behind.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { project } from "./project.js";

const app = await project();

const CLIENT = `
  import { ApiServiceClient } from "api-service-client";
  const answered = (fetch) => new ApiServiceClient({ fetch }).fetch("https://api.example.com/");
`;
const OK = `async () => new Response("hello")`;

describe("in Node", () => {
  test("a client that is idle, open as it is, keeps no process alive", async () => {
    const { stdout } = await app.module(`${CLIENT} await answered(${OK}); console.log("answered");`);
    assert.equal(stdout, "answered");
  });

  test("nobody looks at a storage that belongs to everyone and warns of being looked at", async () => {
    const { stdout } = await app.module(`${CLIENT}
      Object.defineProperty(globalThis, "localStorage", { get() { console.log("looked at"); } });
      await answered(${OK});
    `);
    assert.equal(stdout, "");
  });

  test("two clients share a pause all the same", async () => {
    const { stdout } = await app.module(`${CLIENT}
      const other = new ApiServiceClient({ fetch: ${OK} });
      await other.fetch("https://api.example.com/");
      const refused = new ApiServiceClient({
        fetch: async () => new Response(null, { status: 429, headers: { "retry-after": "60", "content-type": "text/html" } }),
      });
      refused.fetch("https://api.example.com/").catch(() => {});
      other.addEventListener("throttled", ({ detail }) => {
        console.log(detail.source, detail.response);
        refused.close();
        other.close();
      });
    `);
    assert.equal(stdout, "another-tab null");
  });
});

describe("where there is no BroadcastChannel, or it may not be used, a client does without", () => {
  const lacks = {
    absent: "undefined",
    forbidden: `class { constructor() { throw new DOMException("Denied", "SecurityError"); } }`,
  };
  for (const [name, channel] of Object.entries(lacks))
    test(name, async () => {
      const { stdout } = await app.module(`${CLIENT}
        globalThis.BroadcastChannel = ${channel};
        console.log((await answered(${OK})).status);
      `);
      assert.equal(stdout, "200");
    });
});

describe("a client that is not needed any more", () => {
  const COUNTED = `
    let open = 0;
    globalThis.BroadcastChannel = class {
      constructor() { open += 1; }
      postMessage() {}
      close() { open -= 1; }
    };
    const listeners = new Set();
    globalThis.addEventListener = (type) => listeners.add(type);
    globalThis.removeEventListener = (type) => listeners.delete(type);
    const left = () => console.log(open, listeners.size);
  `;

  test("has no channel and no listener before its first call, and none after close()", async () => {
    const { stdout } = await app.module(`${CLIENT} ${COUNTED}
      const client = new ApiServiceClient({ fetch: ${OK} });
      left();
      await client.fetch("https://api.example.com/");
      left();
      client.close();
      left();
    `);
    assert.equal(stdout, "0 0\n1 6\n0 0");
  });

  test("leaves none either when it is only forgotten", async () => {
    const { stdout } = await app.module(`${CLIENT} ${COUNTED}
      import { setFlagsFromString } from "node:v8";
      import { runInNewContext } from "node:vm";
      setFlagsFromString("--expose-gc");
      const collect = runInNewContext("gc");
      await answered(${OK});
      left();
      for (let i = 0; i < 50 && open > 0; i++) {
        collect();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      left();
    `);
    assert.equal(stdout, "1 6\n0 0");
  });
});
