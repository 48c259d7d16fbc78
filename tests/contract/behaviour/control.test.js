import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ClientClosedError } from "api-service-client";
import {
  Gateway,
  heard,
  later,
  quotaExceeded,
  throttled,
  throttledFor,
  virtualTime,
  watch,
} from "./gateway.js";

const time = virtualTime();

describe("pause", () => {
  test("holds the queue for as long as it is told", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    client.pause(5_000);
    const call = client.fetch("/a");
    await time.pass(4_999);
    assert.deepEqual([gateway.paths, client.state.status], [[], "paused"]);
    await time.pass(1);
    await call;
    assert.deepEqual(gateway.paths, ["/a"]);
  });

  test("without a duration until resume, even longer than maxPauseMs", async () => {
    const gateway = new Gateway();
    const client = gateway.client({ maxPauseMs: 1_000 });
    client.pause();
    const call = watch(client.fetch("/a"));
    await time.pass(86_400_000);
    assert.equal(call.status, "pending");
    client.resume();
    await time.settle();
    assert.equal(call.status, "fulfilled");
  });

  test("is seen by a client that has made no call yet, and holds scopes to come", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    client.pause();
    assert.deepEqual([client.state.status, client.state.resumeAt], ["paused", null]);
    client.fetch("https://other.example.com/").catch(() => {});
    await time.settle();
    assert.deepEqual(gateway.paths, []);
    client.close();
  });

  test("lets what is in flight come back", async () => {
    const answer = later();
    const client = new Gateway().answers(answer).client();
    const call = client.fetch("/a");
    client.pause();
    answer.give(new Response());
    assert.equal((await call).status, 200);
    assert.equal(client.state.status, "paused");
  });

  test("never shortens one that is running", async () => {
    const gateway = new Gateway().answers(throttledFor(60));
    const client = gateway.client();
    const call = client.fetch("/a");
    await time.settle();
    client.pause(1_000);
    await time.pass(59_999);
    assert.equal(gateway.sends.length, 1);
    await time.pass(1);
    await call;
  });

  for (const duration of [null, NaN, -1, Infinity, "1000", {}])
    test(`of ${String(duration)} is refused`, () => {
      const client = new Gateway().client();
      assert.throws(() => client.pause(duration), { name: "TypeError", message: /^durationMs: .*, got / });
      assert.equal(client.state.status, "open");
    });
});

describe("resume", () => {
  test("ends the gateway's pause too, with one probe", async () => {
    const gateway = new Gateway().answers(throttledFor(60), throttledFor(60), throttledFor(60), later());
    const client = gateway.client();
    const calls = ["/1", "/2", "/3"].map((path) => client.fetch(path));
    await time.settle();
    client.resume();
    await time.settle();
    assert.deepEqual([gateway.sends.length, client.state.status], [4, "recovering"]);
    client.close();
    await Promise.allSettled(calls.slice(1));
  });

  test("of what is not paused does nothing", () => {
    const client = new Gateway().client();
    const before = client.state;
    client.resume();
    assert.equal(client.state, before);
  });
});

describe("close", () => {
  test("rejects what is queued and every later call; what is in flight ends by itself", async () => {
    const answer = later();
    const client = new Gateway().answers(answer).client({ maxInFlight: 1 });
    const flying = client.fetch("/a");
    const queued = client.fetch("/b");
    client.close();
    await assert.rejects(queued, ClientClosedError);
    await assert.rejects(client.fetch("/c"), ClientClosedError);
    answer.give(new Response());
    assert.equal((await flying).status, 200);
    assert.equal(client.state.status, "closed");
  });

  test("of a client that has made no call shows it closed", () => {
    const client = new Gateway().client();
    client.close();
    assert.equal(client.state.status, "closed");
  });

  test("is idempotent, and nothing opens it again", async () => {
    const client = new Gateway().client();
    client.close();
    client.close();
    client.resume();
    client.pause(1);
    await time.pass(10);
    assert.equal(client.state.status, "closed");
    assert.equal(client.handleThrottlingError(throttledFor(10)), 0);
  });

  test("leaves no timer running that would keep a process alive", async () => {
    const client = new Gateway().answers(throttledFor(3_600)).client({ maxPauseMs: 1e8 });
    const call = client.fetch("/a");
    await time.settle();
    client.close();
    await assert.rejects(call, ClientClosedError);
    assert.equal(time.timers, 0);
  });

  test("is what Symbol.dispose does", async () => {
    const client = new Gateway().client();
    client[Symbol.dispose]();
    assert.equal(client.state.status, "closed");
  });
});

describe("handleThrottlingError", () => {
  test("pauses the scope as if the client had met the throttle itself", async () => {
    const gateway = new Gateway();
    const client = gateway.client();
    const events = heard(client);
    const response = throttledFor(10);
    assert.equal(client.handleThrottlingError(response), 10_000);
    assert.deepEqual(
      events.map(({ type, source, delayMs }) => [type, source, delayMs]),
      [["throttled", "retry-after", 10_000]],
    );
    assert.equal(events[0].response, response);
    const call = client.fetch("/a");
    await time.pass(9_999);
    assert.equal(gateway.sends.length, 0);
    await time.pass(1);
    await call;
  });

  test("takes what any library makes of an answer", async () => {
    const client = new Gateway().client();
    const events = heard(client);
    const headers = { "Retry-After": "10" };
    class Foreign {
      get status() {
        return 429;
      }
      get headers() {
        return new Map(Object.entries(headers));
      }
    }
    assert.equal(client.handleThrottlingError({ status: 429, headers }), 10_000);
    client.resume();
    assert.equal(client.handleThrottlingError(new Foreign()), 10_000);
    assert.ok(
      events.filter(({ type }) => type === "throttled").every(({ response }) => response instanceof Response),
    );
  });

  test("without advice returns the backoff", () => {
    assert.equal(new Gateway().client().handleThrottlingError({ status: 429 }), 500);
  });

  test("returns for how long the scope pauses, not what this answer asks for", async () => {
    const client = new Gateway().client();
    client.handleThrottlingError(throttledFor(60));
    await time.pass(10_000);
    assert.equal(client.handleThrottlingError(throttledFor(5)), 50_000);
  });

  test("is Infinity while a person holds the queue without an end", () => {
    const client = new Gateway().client();
    client.pause();
    assert.equal(client.handleThrottlingError(throttled()), Infinity);
  });

  for (const status of [200, 101, 0, 400, 500, 503])
    test(`${status} is no throttle`, () => {
      const client = new Gateway().client();
      assert.equal(client.handleThrottlingError({ status }), 0);
      assert.equal(client.state.status, "open");
    });

  test("a 503 that says when to come back is one", () => {
    assert.equal(
      new Gateway().client().handleThrottlingError({ status: 503, headers: { "retry-after": "7" } }),
      7_000,
    );
  });

  test("a used-up quota holds the scope, and is no pause", () => {
    const client = new Gateway().client();
    assert.equal(client.handleThrottlingError(quotaExceeded()), 0);
    assert.equal(client.state.status, "quota-exceeded");
  });

  test("its url says which scope", () => {
    const client = new Gateway().client();
    client.handleThrottlingError({ status: 429, url: "https://other.example.com/x" });
    assert.deepEqual(Object.keys(client.state.scopes), ["https://other.example.com"]);
    client.handleThrottlingError({ status: 429 });
    assert.deepEqual(Object.keys(client.state.scopes).sort(), [
      "https://api.example.com",
      "https://other.example.com",
    ]);
  });
});
