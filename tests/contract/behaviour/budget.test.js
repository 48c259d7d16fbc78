// The client respects the server's announced budget before the server refuses anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { virtualTime } from "./gateway.js";

const time = virtualTime();

/** A fixed window of `limit` requests that announces the rest in draft-11 fields. */
function windowOf(limit) {
  const gateway = { arrived: 0, refused: 0, fetch: undefined };
  gateway.fetch = async () => {
    gateway.arrived += 1;
    if (gateway.arrived > limit) gateway.refused += 1;
    const remaining = Math.max(0, limit - gateway.arrived);
    const status = gateway.arrived > limit ? 429 : 200;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return new Response("{}", { status, headers: { ratelimit: `"w";r=${remaining};t=30` } });
  };
  return gateway;
}

test("requests wait for the next window once nothing remains, and none is refused", async () => {
  const gateway = windowOf(5);
  const client = new ApiServiceClient({
    fetch: gateway.fetch,
    baseUrl: "https://api.example.com/",
    maxInFlight: 2,
  });
  const calls = Array.from({ length: 8 }, (_, index) => client.fetch(`/${index}`));
  for (const call of calls) call.catch(() => {});
  await time.pass(100);
  assert.deepEqual([gateway.arrived, gateway.refused], [5, 0]);
  assert.deepEqual([client.state.status, client.state.queued], ["open", 3]);
  client.close();
});

test("a plain answer holds nothing back", async () => {
  let arrived = 0;
  const fetch = async () => {
    arrived += 1;
    return new Response("{}");
  };
  const client = new ApiServiceClient({ fetch, baseUrl: "https://api.example.com/" });
  await Promise.all(Array.from({ length: 50 }, (_, index) => client.fetch(`/${index}`)));
  assert.equal(arrived, 50);
});
