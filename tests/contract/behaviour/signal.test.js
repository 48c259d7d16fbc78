import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { Gateway, later, throttledFor, virtualTime, watch } from "./gateway.js";

const time = virtualTime();

describe("a signal", () => {
  test("that is aborted already sends nothing", async () => {
    const gateway = new Gateway();
    const reason = new Error("too late");
    const call = gateway.client().fetch("/a", { signal: AbortSignal.abort(reason) });
    await assert.rejects(call, (error) => error === reason);
    assert.equal(gateway.sends.length, 0);
  });

  test("is handed on to the transport", async () => {
    const gateway = new Gateway();
    const { signal } = new AbortController();
    await gateway.client().fetch("/a", { signal });
    assert.equal(gateway.sends[0].init.signal, signal);
  });

  test("of a Request counts", async () => {
    const controller = new AbortController();
    const client = new Gateway().client();
    client.pause();
    const call = client.fetch(new Request("https://api.example.com/", { signal: controller.signal }));
    controller.abort();
    await assert.rejects(call, { name: "AbortError" });
    assert.equal(client.state.queued, 0);
  });

  test("of an init counts instead of the Request's, and null stands for none", async () => {
    const controller = new AbortController();
    const request = () => new Request("https://api.example.com/", { signal: controller.signal });
    const client = new Gateway().client();
    client.pause();
    const [other, none] = [new AbortController().signal, null].map((signal) =>
      watch(client.fetch(request(), { signal })),
    );
    controller.abort();
    await time.settle();
    assert.deepEqual([other.status, none.status], ["pending", "pending"]);
    client.close();
  });

  test("of a timeout rejects with a TimeoutError", async (t) => {
    // The timer of AbortSignal.timeout belongs to the platform and keeps no process alive.
    const alive = setInterval(() => {}, 1_000);
    t.after(() => clearInterval(alive));
    const client = new Gateway().client();
    client.pause();
    await assert.rejects(client.fetch("/a", { signal: AbortSignal.timeout(1) }), { name: "TimeoutError" });
  });

  test("that outlives a thousand calls has no listener left", async () => {
    const { signal } = new AbortController();
    const answers = [throttledFor(1), throttledFor(2)];
    const client = new Gateway().client({
      maxInFlight: 4,
      fetch: async () => answers.shift() ?? new Response(),
    });
    const calls = Array.from({ length: 1_000 }, () => client.fetch("/a", { signal }));
    assert.equal(getEventListeners(signal, "abort").length, 1_000);
    await time.pass(3_600_000);
    await Promise.all(calls);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});

test("nothing is rejected that nobody handles, whatever happens to a call", async (t) => {
  const unhandled = [];
  const listener = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listener);
  t.after(() => process.off("unhandledRejection", listener));
  const handled = [];
  const call = (client, init) => handled.push(client.fetch("/a", init).catch((error) => error.name));

  for (const answer of [
    new TypeError("no network"),
    throttledFor(1),
    throttledFor(1e6),
    later(),
    new Response(),
  ]) {
    const controller = new AbortController();
    const client = new Gateway().answers(answer).client({ maxInFlight: 1, maxQueue: 3, maxWaitMs: 5_000 });
    const { signal } = controller;
    for (const init of [undefined, { signal }, { throttle: { maxWaitMs: 1 } }, { signal }, undefined])
      call(client, init);
    await time.pass(100);
    controller.abort();
    await time.pass(60_000);
    client.close();
    await time.settle();
  }
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(unhandled, []);
});
