import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { MockGateway } from "api-service-client/testing";
import { heard, virtualTime } from "../gateway.js";

const time = virtualTime();

function clientOf(gateway, options) {
  return new ApiServiceClient({
    baseUrl: "https://api.example.com/",
    fetch: gateway.fetch,
    tabs: false,
    persist: false,
    ...options,
  });
}

describe("a client behind it", () => {
  test("gets everything through in the time that the plan takes, and hears of the pause once", async () => {
    const gateway = new MockGateway({ plan: { rate: 10, burst: 20 }, retryAfter: 1, latencyMs: 40 });
    const client = clientOf(gateway);
    const events = heard(client);
    const calls = Promise.all(Array.from({ length: 60 }, (_, i) => client.fetch(`items/${i}`)));
    await time.pass(6_000);
    const answers = await calls;
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(gateway.stats.admitted, 60);
    assert.ok(
      gateway.stats.throttled > 0 && gateway.stats.throttled <= 28,
      `${gateway.stats.throttled} refusals`,
    );
    assert.equal(events[0].type, "throttled");
    assert.equal(events[0].source, "retry-after");
  });

  test("that knows the plan is never refused", async () => {
    const plan = { rate: 10, burst: 20 };
    const gateway = new MockGateway({ plan, latencyMs: 40 });
    const client = clientOf(gateway, { plan });
    const calls = Promise.all(Array.from({ length: 60 }, (_, i) => client.fetch(`items/${i}`)));
    await time.pass(6_000);
    await calls;
    assert.deepEqual([gateway.stats.admitted, gateway.stats.throttled], [60, 0]);
  });

  test("is told of a used-up quota", async () => {
    const gateway = new MockGateway({ plan: { rate: 10, burst: 20, quota: { limit: 1, period: "DAY" } } });
    const client = clientOf(gateway);
    await client.fetch("items");
    assert.equal((await client.fetch("items")).status, 429);
    assert.equal(client.state.status, "quota-exceeded");
  });
});
