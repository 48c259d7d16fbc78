import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MockGateway } from "api-service-client/testing";
import { virtualTime, watch } from "../gateway.js";

const time = virtualTime();
const URL = "https://api.example.com/items";

describe("latencyMs", () => {
  test("is how long every answer takes, the gateway's own too", async () => {
    const gateway = new MockGateway({ plan: { rate: 1, burst: 1 }, latencyMs: 40 });
    const calls = [gateway.fetch(URL), gateway.fetch(URL)].map(watch);
    await time.pass(39);
    assert.deepEqual(
      calls.map(({ status }) => status),
      ["pending", "pending"],
    );
    await time.pass(1);
    assert.deepEqual(
      calls.map(({ value }) => value.status),
      [200, 429],
    );
  });

  test("a refusal that cannot be read takes as long", async () => {
    const gateway = new MockGateway({ plan: { rate: 1, burst: 0 }, latencyMs: 40, corsOnErrors: false });
    const call = watch(gateway.fetch(URL));
    await time.pass(39);
    assert.equal(call.status, "pending");
    await time.pass(1);
    assert.ok(call.reason instanceof TypeError);
  });

  test("is drawn anew for each answer where it is a function", async () => {
    const drawn = [30, 10];
    const gateway = new MockGateway({ latencyMs: () => drawn.shift() });
    const calls = [gateway.fetch(URL), gateway.fetch(URL)].map(watch);
    await time.pass(10);
    assert.deepEqual(
      calls.map(({ status }) => status),
      ["pending", "fulfilled"],
    );
    await time.pass(20);
    assert.equal(calls[0].status, "fulfilled");
  });

  test("is none by default: no timer is set", async () => {
    const gateway = new MockGateway();
    await gateway.fetch(URL);
    assert.equal(time.timers, 0);
  });

  test("the limits are asked when a request is made, not when it is answered", async () => {
    const gateway = new MockGateway({ latencyMs: 1_000 });
    gateway.fetch(URL);
    await time.settle();
    assert.equal(gateway.stats.admitted, 1);
  });
});

describe("a signal", () => {
  test("that is aborted already sends nothing", async () => {
    const gateway = new MockGateway();
    const reason = new Error("gone");
    await assert.rejects(
      gateway.fetch(URL, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
    assert.equal(gateway.stats.admitted, 0);
  });

  test("ends the wait at once; the token is spent", async () => {
    const gateway = new MockGateway({ latencyMs: 1_000 });
    const controller = new AbortController();
    const call = watch(gateway.fetch(URL, { signal: controller.signal }));
    await time.pass(10);
    controller.abort();
    await time.settle();
    assert.equal(call.reason.name, "AbortError");
    assert.equal(gateway.stats.admitted, 1);
  });

  test("of a Request counts too", async () => {
    const gateway = new MockGateway({ backend: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = watch(gateway.fetch(new Request(URL, { signal: controller.signal })));
    controller.abort(new Error("gone"));
    await time.settle();
    assert.equal(call.reason.message, "gone");
  });
});
