import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
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

  describe("whose throttles a page may not read", () => {
    before(() => {
      globalThis.origin = "https://page.example.com";
    });
    after(() => {
      delete globalThis.origin;
    });

    const burst = async (opaqueThrottling) => {
      const gateway = new MockGateway({ plan: { rate: 10, burst: 20 }, corsOnErrors: false, latencyMs: 40 });
      const client = clientOf(gateway, { opaqueThrottling });
      const events = heard(client);
      const calls = Promise.allSettled(Array.from({ length: 60 }, (_, i) => client.fetch(`items/${i}`)));
      await time.pass(10_000);
      const lost = (await calls).filter(({ status }) => status === "rejected");
      return { lost, events, throttled: gateway.stats.throttled };
    };

    test("gets everything through, if it is to retry", async () => {
      const { lost, events, throttled } = await burst("retry");
      assert.deepEqual(lost, []);
      assert.ok(throttled > 0 && throttled <= 28, `${throttled} refusals`);
      assert.deepEqual(
        events.slice(0, 2).map(({ type, source }) => [type, source]),
        [
          ["diagnostic", undefined],
          ["throttled", "opaque"],
        ],
      );
    });

    test("otherwise says what to change, once, and leaves the errors to their callers", async () => {
      const { lost, events } = await burst(undefined);
      assert.ok(lost.length > 16 && lost.every(({ reason }) => reason instanceof TypeError));
      assert.deepEqual(
        events.map(({ type, code }) => [type, code]),
        [["diagnostic", "opaque-throttling"]],
      );
    });
  });

  test("is told of a used-up quota", async () => {
    const gateway = new MockGateway({ plan: { rate: 10, burst: 20, quota: { limit: 1, period: "DAY" } } });
    const client = clientOf(gateway);
    await client.fetch("items");
    assert.equal((await client.fetch("items")).status, 429);
    assert.equal(client.state.status, "quota-exceeded");
  });
});
