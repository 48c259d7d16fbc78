import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { flood } from "./flood.js";

test("as many calls leave as were asked for, with their headers, and every answer is counted", async (t) => {
  let calls = 0;
  const server = createServer(({ url, headers }, response) => {
    calls++;
    const isRight = url === "/stage/api/v1/resource" && headers["x-api-key"] === "key";
    response.writeHead(isRight && calls > 10 ? 429 : 200).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const url = `http://127.0.0.1:${server.address().port}/stage`;
  const { statuses, refusals, failed, ms, heldUp } = await flood({
    url,
    headers: { "x-api-key": "key" },
    floodRate: 500,
    floodSeconds: 1,
  });
  assert.deepEqual({ calls, statuses, failed }, { calls: 500, statuses: { 200: 10, 429: 490 }, failed: 0 });
  assert.equal(refusals.length, 490);
  assert.ok(heldUp > 0);
  assert.ok(refusals.every(({ at, took }) => took > 0 && at > 0 && at <= ms));
});
