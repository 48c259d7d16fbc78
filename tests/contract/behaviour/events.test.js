import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { Gateway, heard, later, quotaExceeded, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();
const SCOPE = "https://api.example.com";

describe("a client is an EventTarget", () => {
  test("by class", () => {
    const client = new Gateway().client();
    assert.ok(client instanceof EventTarget);
    assert.ok(client instanceof ApiServiceClient);
  });

  test("that sends CustomEvents of its own", async () => {
    const client = new Gateway().answers(throttledFor(1)).client();
    let event;
    client.addEventListener("throttled", (it) => {
      event = it;
    });
    const call = client.fetch("/a");
    await time.pass(1_000);
    await call;
    assert.ok(event instanceof CustomEvent);
    assert.equal(event.target, client);
  });

  test("that knows once, signal, objects with handleEvent, and null", async () => {
    const client = new Gateway().client();
    const heard = [];
    const controller = new AbortController();
    client.addEventListener("throttled", () => heard.push("once"), { once: true });
    client.addEventListener("throttled", () => heard.push("signal"), { signal: controller.signal });
    client.addEventListener("throttled", { handleEvent: () => heard.push("object") });
    client.addEventListener("throttled", null);
    client.handleThrottlingError(throttledFor(1));
    controller.abort();
    client.resume();
    client.handleThrottlingError(throttledFor(1));
    assert.deepEqual(heard, ["once", "signal", "object", "object"]);
  });

  test("that forgets a listener", () => {
    const client = new Gateway().client();
    const listener = () => assert.fail("was removed");
    client.addEventListener("throttled", listener);
    client.removeEventListener("throttled", listener);
    client.handleThrottlingError(throttledFor(1));
  });

  test("that passes on what is dispatched to it", () => {
    const client = new Gateway().client();
    let count = 0;
    client.addEventListener("own", () => count++);
    assert.equal(client.dispatchEvent(new Event("own")), true);
    assert.equal(count, 1);
  });
});

describe("events", () => {
  test("of one pause from its beginning to its end", async () => {
    const cause = throttledFor(10);
    const gateway = new Gateway().answers(cause, throttledFor(5), throttledFor(60));
    const client = gateway.client();
    const events = heard(client);
    const start = Date.now();
    const calls = ["/1", "/2", "/3"].map((path) => client.fetch(path, { method: "POST" }));
    await time.settle();
    const message = "The application is busy, please try again in a moment.";
    const [throttled, ...rest] = events;
    assert.equal(throttled.response, cause);
    assert.deepEqual(
      { ...throttled, response: null, queued: 0 },
      {
        type: "throttled",
        scope: SCOPE,
        resumeAt: start + 10_000,
        delayMs: 10_000,
        source: "retry-after",
        queued: 0,
        message,
        response: null,
      },
    );
    const extended = rest.filter(({ type }) => type === "extended");
    assert.deepEqual(
      extended.map(({ scope, resumeAt, delayMs, source }) => [scope, resumeAt, delayMs, source]),
      [[SCOPE, start + 60_000, 60_000, "retry-after"]],
    );
    assert.deepEqual(
      rest.filter(({ type }) => type === "retry"),
      [1, 2, 3].map((n) => ({
        type: "retry",
        scope: SCOPE,
        url: `${SCOPE}/${n}`,
        method: "POST",
        attempt: 1,
        delayMs: n === 3 ? 60_000 : 10_000,
      })),
    );
    events.length = 0;
    await time.pass(120_000);
    await Promise.all(calls);
    const [{ queued, ...resumed }, ...others] = events;
    assert.deepEqual(resumed, { type: "resumed", scope: SCOPE, pausedMs: 60_000 });
    assert.ok(queued <= 2);
    assert.deepEqual(others, []);
  });

  test("of a used-up quota", async () => {
    const cause = quotaExceeded();
    const client = new Gateway().answers(cause).client();
    const events = heard(client);
    await client.fetch("/a");
    const [{ message, ...event }] = events;
    assert.deepEqual(event, {
      type: "quotaexceeded",
      scope: SCOPE,
      nextProbeAt: Date.now() + 60_000,
      response: cause,
    });
    assert.ok(message.length > 0);
  });

  test("of nothing, where nothing is throttled", async () => {
    const client = new Gateway().client();
    const events = heard(client);
    await Promise.all(Array.from({ length: 100 }, () => client.fetch("/a")));
    assert.deepEqual(events, []);
  });

  test("carry the page's own words", async () => {
    const options = [
      ["Busy!", "Busy!"],
      [({ delayMs, source }) => `${source} ${delayMs}`, "retry-after 10000"],
      [() => 7, "The application is busy, please try again in a moment."],
      [
        () => {
          throw new Error("no words");
        },
        "The application is busy, please try again in a moment.",
      ],
    ];
    for (const [message, expected] of options) {
      const client = new Gateway().client({ message });
      const events = heard(client);
      client.handleThrottlingError(throttledFor(10));
      assert.equal(events[0].message, expected);
      assert.equal(client.state.message, expected);
      client.close();
    }
  });

  test("carry no header and no body of a request", async () => {
    const client = new Gateway().answers(throttledFor(1)).client({ headers: { "x-api-key": "s3cret" } });
    const events = heard(client);
    const call = client.fetch("/a", { method: "POST", body: "s3cret", headers: { authorization: "s3cret" } });
    await time.pass(1_000);
    await call;
    assert.ok(events.length >= 3);
    assert.ok(!JSON.stringify([events, client.state]).includes("s3cret"));
  });
});

describe("state", () => {
  test("of a client that has done nothing", () => {
    assert.deepEqual(new Gateway().client().state, {
      status: "open",
      resumeAt: null,
      queued: 0,
      inFlight: 0,
      message: null,
      scopes: {},
    });
  });

  test("of a scope that is paused", async () => {
    const client = new Gateway().answers(throttledFor(10)).client();
    client.fetch("/a").catch(() => {});
    await time.settle();
    const { rate, ...scope } = client.state.scopes[SCOPE];
    assert.ok(rate === null || rate > 0);
    assert.deepEqual(scope, {
      status: "paused",
      resumeAt: Date.now() + 10_000,
      queued: 1,
      inFlight: 0,
      sent: 1,
      throttled: 1,
    });
    assert.deepEqual(
      { ...client.state, scopes: {} },
      {
        status: "paused",
        resumeAt: Date.now() + 10_000,
        queued: 1,
        inFlight: 0,
        message: "The application is busy, please try again in a moment.",
        scopes: {},
      },
    );
    client.close();
  });

  test("is frozen, to its depth", async () => {
    const client = new Gateway().client();
    await client.fetch("/a");
    const { state } = client;
    assert.ok([state, state.scopes, state.scopes[SCOPE]].every(Object.isFrozen));
  });

  test("is the same object until something in it changes, by whichever name", async () => {
    const client = new Gateway().client();
    await client.fetch("/a");
    const { state, getState } = client;
    assert.equal(client.state, state);
    await time.pass(3_600_000);
    assert.equal(getState(), state);
    const call = client.fetch("/a");
    assert.notEqual(getState(), state);
    await call;
  });
});

describe("subscribe", () => {
  test("is bound, tells of every change at most once a task, and ends", async () => {
    const gateway = new Gateway().answers(...Array.from({ length: 50 }, later));
    const client = gateway.client();
    const { subscribe } = client;
    let changes = 0;
    const unsubscribe = subscribe(() => changes++);
    for (let n = 0; n < 50; n++) client.fetch("/a").catch(() => {});
    await time.pass(10);
    assert.equal(changes, 1);
    unsubscribe();
    unsubscribe();
    client.close();
    await time.pass(10);
    assert.equal(changes, 1);
  });

  test("may be given one function twice, and each ends by itself", async () => {
    const client = new Gateway().client();
    let changes = 0;
    const listener = () => changes++;
    const [first] = [client.subscribe(listener), client.subscribe(listener)];
    client.pause();
    await time.pass(10);
    assert.equal(changes, 2);
    first();
    client.resume();
    await time.pass(10);
    assert.equal(changes, 3);
  });

  test("is called without arguments", async () => {
    const client = new Gateway().client();
    let given;
    client.subscribe((...args) => {
      given = args;
    });
    client.pause();
    await time.pass(10);
    assert.deepEqual(given, []);
  });
});
