import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "./project.js";

const app = await project();

// As React's fetch does while a server component renders: the same GET twice is one, unless the caller may abort it.
const REMEMBERS_ANSWERS = `
  const remembered = new Map();
  let asked = 0;
  function fromNetwork() {
    asked += 1;
    return asked === 1
      ? new Response(null, { status: 429, headers: { "retry-after-ms": "20" } })
      : new Response("the orders");
  }
  async function fetch(url, init) {
    if (init?.signal) return fromNetwork();
    if (!remembered.has(url)) remembered.set(url, fromNetwork());
    return remembered.get(url).clone();
  }
`;

for (const init of ["undefined", `{ headers: { accept: "text/plain" } }`, "{ signal: null }"]) {
  test(`a call is asked anew after a pause where answers are remembered: init ${init}`, async () => {
    const { stdout } = await app.module(`
      import { ApiServiceClient } from "api-service-client";
      ${REMEMBERS_ANSWERS}
      const client = new ApiServiceClient({ fetch, tabs: false, persist: false });
      const response = await client.fetch("https://api.example.com/orders", ${init});
      console.log(await response.text(), asked);
      client.close();
    `);
    assert.equal(stdout, "the orders 2");
  });
}
