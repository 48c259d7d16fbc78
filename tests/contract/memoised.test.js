import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "./project.js";

const app = await project();

// The fetch of Next during the rendering of a server component: it answers equal GETs from memory.
//
// `keepalive` opts out. A signal opts out too, but not beside a Request.
const REMEMBERS_ANSWERS = `
  const remembered = new Map();
  let asked = 0;
  function fromNetwork() {
    asked += 1;
    return asked === 1
      ? new Response(null, { status: 429, headers: { "retry-after-ms": "20" } })
      : new Response("the orders");
  }
  async function fetch(input, init) {
    const { url, keepalive } = new Request(input, init);
    if (keepalive || (typeof input === "string" && init?.signal)) return fromNetwork();
    if (!remembered.has(url)) remembered.set(url, fromNetwork());
    return remembered.get(url).clone();
  }
`;

const URL = `"https://api.example.com/orders"`;
for (const args of [
  URL,
  `${URL}, { headers: { accept: "text/plain" } }`,
  `${URL}, { signal: null }`,
  `new Request(${URL})`,
  `new Request(${URL}), { headers: { accept: "text/plain" } }`,
  `new Request(${URL}), { signal: null }`,
  `new Request(${URL}, { signal: new AbortController().signal })`,
]) {
  test(`a call is asked anew after a pause where answers are remembered: fetch(${args})`, async () => {
    const { stdout } = await app.module(`
      import { ApiServiceClient } from "api-service-client";
      ${REMEMBERS_ANSWERS}
      const client = new ApiServiceClient({ fetch, tabs: false, persist: false });
      const response = await client.fetch(${args});
      console.log(await response.text(), asked);
      client.close();
    `);
    assert.equal(stdout, "the orders 2");
  });
}

test("in a page, where nothing remembers, a call is sent again as it was", async () => {
  const { stdout } = await app.module(`
    globalThis.origin = "https://www.example.com";
    import { ApiServiceClient } from "api-service-client";
    const inits = [];
    const client = new ApiServiceClient({
      tabs: false,
      persist: false,
      async fetch(input, init) {
        inits.push(init);
        return inits.length % 2
          ? new Response(null, { status: 429, headers: { "retry-after-ms": "20" } })
          : new Response();
      },
    });
    await client.fetch(${URL});
    await client.fetch(new Request(${URL}));
    console.log(JSON.stringify(inits));
    client.close();
  `);
  assert.equal(stdout, "[null,null,null,null]");
});
