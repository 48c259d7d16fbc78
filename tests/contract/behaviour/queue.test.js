import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { QueueFullError, QueueTimeoutError } from "api-service-client";
import { Gateway, later, throttledFor, virtualTime, watch } from "./gateway.js";

const time = virtualTime();

describe("the queue", () => {
  test("leaves in the order of the calls", async () => {
    const gateway = new Gateway();
    const client = gateway.client({ maxInFlight: 1 });
    await Promise.all(["/1", "/2", "/3", "/4"].map((path) => client.fetch(path)));
    assert.deepEqual(gateway.paths, ["/1", "/2", "/3", "/4"]);
  });

  test("and by priority before that", async () => {
    const gateway = new Gateway();
    const client = gateway.client({ maxInFlight: 1 });
    client.pause();
    const calls = [
      ["/low-1", "low"],
      ["/auto-1", "auto"],
      ["/high-1", "high"],
      ["/default", undefined],
      ["/high-2", "high"],
      ["/low-2", "low"],
    ].map(([path, priority]) => client.fetch(path, { priority }));
    client.resume();
    await Promise.all(calls);
    assert.deepEqual(gateway.paths, ["/high-1", "/high-2", "/auto-1", "/default", "/low-1", "/low-2"]);
  });

  test("what was throttled goes back in front of what was called later", async () => {
    const gateway = new Gateway().answers(throttledFor(1));
    const client = gateway.client({ maxInFlight: 1 });
    const calls = [client.fetch("/1"), client.fetch("/2")];
    await time.settle();
    calls.push(client.fetch("/3"));
    await time.pass(60_000);
    await Promise.all(calls);
    assert.deepEqual(gateway.paths, ["/1", "/1", "/2", "/3"]);
  });

  test("sends no more at once than maxInFlight: sixteen by default", async () => {
    const gateway = new Gateway().answers(...Array.from({ length: 40 }, later));
    const client = gateway.client();
    for (let n = 0; n < 40; n++) client.fetch("/a").catch(() => {});
    await time.settle();
    assert.deepEqual([gateway.sends.length, client.state.inFlight, client.state.queued], [16, 16, 24]);
    client.close();
  });

  test("a request that waits holds no slot", async () => {
    const gateway = new Gateway().answers(throttledFor(10));
    const client = gateway.client({ maxInFlight: 1 });
    const call = client.fetch("/a");
    await time.settle();
    assert.deepEqual([client.state.inFlight, client.state.queued], [0, 1]);
    await time.pass(10_000);
    await call;
  });
});

describe("maxQueue", () => {
  test("rejects one more than may wait", async () => {
    const client = new Gateway().client({ maxQueue: 2 });
    client.pause();
    const waiting = [client.fetch("/1"), client.fetch("/2")].map(watch);
    await assert.rejects(client.fetch("/3"), (error) => {
      assert.ok(error instanceof QueueFullError);
      assert.deepEqual([error.code, error.limit, error.scope], ["queue-full", 2, "https://api.example.com"]);
      return true;
    });
    assert.deepEqual(
      waiting.map(({ status }) => status),
      ["pending", "pending"],
    );
    client.close();
  });

  test("is a thousand by default", async () => {
    const client = new Gateway().client();
    client.pause();
    const calls = Array.from({ length: 1_001 }, () => watch(client.fetch("/a")));
    await time.settle();
    assert.equal(client.state.queued, 1_000);
    assert.equal(calls.filter(({ status }) => status === "rejected").length, 1);
    client.close();
  });

  test("of 0 lets nothing wait, and everything through that need not", async () => {
    const client = new Gateway().client({ maxQueue: 0, maxInFlight: 1 });
    const [first, second] = await Promise.allSettled([client.fetch("/1"), client.fetch("/2")]);
    assert.deepEqual([first.status, second.status], ["fulfilled", "rejected"]);
  });
});

describe("maxWaitMs", () => {
  test("rejects what has waited for so long, pauses included", async () => {
    const gateway = new Gateway().answers(throttledFor(60));
    const client = gateway.client({ maxWaitMs: 5_000 });
    const call = watch(client.fetch("/a"));
    await time.pass(4_999);
    assert.equal(call.status, "pending");
    await time.pass(1);
    assert.ok(call.reason instanceof QueueTimeoutError);
    assert.deepEqual(
      [call.reason.code, call.reason.waitedMs, call.reason.scope],
      ["queue-timeout", 5_000, "https://api.example.com"],
    );
    await time.pass(600_000);
    assert.equal(gateway.sends.length, 1);
  });

  test("of the single request goes over the client's, both ways", async () => {
    const client = new Gateway().client({ maxWaitMs: 5_000 });
    client.pause();
    const short = watch(client.fetch("/a", { throttle: { maxWaitMs: 1_000 } }));
    const long = watch(client.fetch("/b", { throttle: { maxWaitMs: 9_000 } }));
    await time.pass(5_000);
    assert.deepEqual([short.status, long.status], ["rejected", "pending"]);
    await time.pass(4_000);
    assert.equal(long.status, "rejected");
  });

  test("does not end what is on the wire", async () => {
    const answer = later();
    const client = new Gateway().answers(answer).client({ maxWaitMs: 1_000 });
    const call = watch(client.fetch("/a"));
    await time.pass(60_000);
    assert.equal(call.status, "pending");
    answer.give(new Response());
    await time.settle();
    assert.equal(call.status, "fulfilled");
  });

  test("is none by default: a person who pauses for a day knows why", async () => {
    const client = new Gateway().client();
    client.pause();
    const call = watch(client.fetch("/a"));
    await time.pass(86_400_000);
    assert.equal(call.status, "pending");
    client.resume();
    await time.settle();
    assert.equal(call.status, "fulfilled");
  });

  for (const maxWaitMs of [null, NaN, -1, Infinity, "1000"])
    test(`of ${JSON.stringify(maxWaitMs)} for a request rejects it with a TypeError that says so`, async () => {
      const call = new Gateway().client().fetch("/a", { throttle: { maxWaitMs } });
      await assert.rejects(call, { name: "TypeError", message: /^throttle\.maxWaitMs: .*, got / });
    });
});
