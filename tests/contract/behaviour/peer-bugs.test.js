// Bugs found in other clients and queues, each as a test of this client.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { PauseTooLongError, QueueFullError, QueueTimeoutError } from "api-service-client";
import { Gateway, heard, later, throttled, throttledFor, virtualTime, watch } from "./gateway.js";

const time = virtualTime();
const DAY_MS = 86_400_000;

/** Answers every send of a gateway with `answer`. */
function always(answer) {
  const gateway = new Gateway();
  const { fetch } = gateway;
  gateway.fetch = (input, init) => {
    gateway.answers(answer());
    return fetch(input, init);
  };
  return gateway;
}

describe("B1: a wait that a timer cannot hold is no wait of a millisecond", () => {
  test("a Retry-After of 25 and a half days lasts as long", async () => {
    const gateway = new Gateway().answers(throttledFor(2_200_000));
    const call = watch(gateway.client({ maxPauseMs: 30 * DAY_MS }).fetch("/a"));
    await time.pass(2_200_000_000 - 1);
    assert.equal(gateway.sends.length, 1);
    await time.pass(1);
    assert.deepEqual([gateway.sends.length, call.status], [2, "fulfilled"]);
  });

  test("so does a backoff", async () => {
    const gateway = new Gateway().answers(throttled());
    const backoff = { baseMs: 2 ** 31, maxMs: 2 ** 32, jitter: "none" };
    const call = gateway.client({ backoff, maxPauseMs: 30 * DAY_MS }).fetch("/a");
    await time.pass(2 ** 31 - 1);
    assert.equal(gateway.sends.length, 1);
    await time.pass(1);
    await call;
  });
});

describe("B2: no answer makes a hot loop", () => {
  for (const [kind, headers] of [
    ["without a Retry-After", {}],
    ["with a Retry-After of 0", { "retry-after": "0" }],
    ["with a date", { "retry-after": "Tue, 24 Nov 2026 12:00:00 GMT" }],
    ["with a Retry-After past 2^31", { "retry-after": "4294967296" }],
    ["with one that is not a number", { "retry-after": "NaN" }],
  ])
    test(`a 429 ${kind}`, async () => {
      const gateway = always(() => throttled(headers));
      const calls = Array.from({ length: 50 }, (_, n) => watch(gateway.client().fetch(`/${n}`)));
      const client = gateway.client({ maxInFlight: 4 });
      calls.push(...Array.from({ length: 50 }, (_, n) => watch(client.fetch(`/${n}`))));
      const clients = 51;
      await time.settle();
      const first = gateway.sends.length;
      await time.pass(1_000);
      assert.ok(gateway.sends.length - first <= 2 * clients, `${gateway.sends.length - first} in a second`);
      await time.pass(10 * DAY_MS);
      assert.ok(gateway.sends.length <= 10 * calls.length, "the number of attempts is bounded");
      assert.ok(
        calls.every(({ status }) => status !== "pending"),
        "every caller is answered",
      );
    });
});

test("B3: a malformed Retry-After neither hangs nor hurries: it is as good as none", async () => {
  for (const retryAfter of ["abc", "", "1e3", "2.0", "10s", "0x10", "Infinity", "1, 2", "tomorrow"]) {
    const gateway = new Gateway().answers(throttledFor(retryAfter));
    const call = gateway.client().fetch("/a");
    await time.pass(499);
    assert.equal(gateway.sends.length, 1, `after ${retryAfter}`);
    await time.pass(1);
    assert.equal((await call).status, 200);
  }
});

test("B4: a date that is past and a number below zero are not retried at once", async () => {
  for (const retryAfter of ["-5", "-1", "Sun, 06 Nov 1994 08:49:37 GMT"]) {
    const gateway = new Gateway().answers(throttledFor(retryAfter));
    const call = gateway.client().fetch("/a");
    await time.pass(499);
    assert.equal(gateway.sends.length, 1, `after ${retryAfter}`);
    await time.pass(1);
    await call;
  }
});

test("B5: a Retry-After of 0 waits for the base of the backoff, and longer each time", async () => {
  const gateway = always(() => throttledFor(0));
  const call = gateway.client({ maxAttempts: 4 }).fetch("/a");
  for (const [wait, sends] of [
    [499, 1],
    [1, 2],
    [999, 2],
    [1, 3],
    [1_999, 3],
    [1, 4],
  ]) {
    await time.pass(wait);
    assert.equal(gateway.sends.length, sends);
  }
  assert.equal((await call).status, 429);
});

test("B6: a clock that is wrong makes no date longer or shorter, where the answer has a Date", async () => {
  for (const minutes of [-300, -5, 0, 5, 300]) {
    const server = Date.now() + minutes * 60_000;
    const gateway = new Gateway().answers(
      throttled({
        date: new Date(server).toUTCString(),
        "retry-after": new Date(server + 20_000).toUTCString(),
      }),
    );
    const client = gateway.client();
    const events = heard(client);
    const call = client.fetch("/a");
    await time.pass(20_000);
    assert.equal((await call).status, 200);
    assert.equal(events[0].delayMs, 20_000);
  }
});

test("B7: no herd: one probe leaves at the end of a pause, not everything that waits", async () => {
  const probe = later();
  const gateway = new Gateway().answers(...Array.from({ length: 20 }, () => throttledFor(1)), probe);
  const client = gateway.client({ maxInFlight: 20 });
  const calls = Array.from({ length: 50 }, () => client.fetch("/a"));
  await time.pass(60_000);
  assert.equal(gateway.sends.length, 21);
  probe.give(new Response());
  await time.pass(600_000);
  assert.ok((await Promise.all(calls)).every(({ status }) => status === 200));
});

test("B8: what is called during a pause waits for its end", async () => {
  const gateway = new Gateway().answers(throttledFor(1));
  const client = gateway.client();
  const calls = [client.fetch("/a")];
  await time.pass(212);
  calls.push(
    client.fetch("/new"),
    client.fetch("/new", { priority: "high" }),
    client.fetch("/new", { method: "POST" }),
  );
  await time.pass(787);
  assert.deepEqual(gateway.paths, ["/a"]);
  await time.pass(60_000);
  await Promise.all(calls);
});

test("B9: what is sent again leaves by the same queue, and has left its slot meanwhile", async () => {
  const random = mulberry32(9);
  let flying = 0;
  let most = 0;
  const gateway = new Gateway();
  const client = gateway.client({
    maxInFlight: 2,
    async fetch() {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setTimeout(resolve, 40));
      flying--;
      return random() < 0.3 ? throttledFor(1) : new Response();
    },
  });
  const calls = Array.from({ length: 40 }, () => watch(client.fetch("/a")));
  await time.pass(41);
  await time.pass(3_600_000);
  assert.ok(calls.every(({ status }) => status === "fulfilled"));
  assert.equal(most, 2);
});

describe("B10: state that should not be shared, and numbers that should not wrap", () => {
  test("each client has its own queue", async () => {
    const [one, other] = [new Gateway().answers(throttledFor(60)).client(), new Gateway().client()];
    const call = watch(one.fetch("/a"));
    assert.equal((await other.fetch("/a")).status, 200);
    assert.equal(call.status, "pending");
    one.close();
  });

  test("a reset after January 2038 is not negative", async () => {
    time.setWallClockBy(Date.UTC(2038, 0, 20) - Date.now());
    const reset = Math.ceil(Date.now() / 1_000) + 60;
    assert.ok(reset > 2 ** 31);
    const gateway = new Gateway().answers(
      throttled({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) }),
    );
    const call = gateway.client().fetch("/a");
    await time.pass(59_000);
    assert.equal(gateway.sends.length, 1);
    await time.pass(2_000);
    await call;
  });
});

describe("B11: a wait is as long as it was asked to be, in order, and ends with whoever waits", () => {
  test("a Retry-After of 60 is 60 seconds, not the longest backoff", async () => {
    const gateway = new Gateway().answers(throttledFor(60));
    const call = gateway.client({ backoff: { baseMs: 10, maxMs: 100, jitter: "none" } }).fetch("/a");
    await time.pass(59_999);
    assert.equal(gateway.sends.length, 1);
    await time.pass(1);
    await call;
  });

  test("those that were aborted cost the one behind them nothing", async () => {
    const gateway = new Gateway();
    const client = gateway.client({ maxInFlight: 1 });
    client.pause(1_000);
    const controller = new AbortController();
    const aborted = Array.from({ length: 10 }, () =>
      watch(client.fetch("/gone", { signal: controller.signal })),
    );
    const live = client.fetch("/live");
    controller.abort();
    await time.pass(1_000);
    await live;
    assert.deepEqual(gateway.paths, ["/live"]);
    assert.ok(aborted.every(({ reason }) => reason.name === "AbortError"));
  });

  test("waiters leave first in, first out", async () => {
    const gateway = new Gateway().answers(...Array.from({ length: 6 }, () => throttledFor(1)));
    const client = gateway.client();
    const calls = [0, 1, 2, 3, 4, 5].map((n) => client.fetch(`/${n}`));
    await time.pass(600_000);
    await Promise.all(calls);
    assert.deepEqual(gateway.paths.slice(6), ["/0", "/1", "/2", "/3", "/4", "/5"]);
  });
});

for (const [number, answer] of [
  ["B12", throttled],
  ["B13", () => throttledFor(60)],
  ["B17", () => throttledFor(0)],
])
  test(`${number}: an abort during the wait rejects in the same moment, and nothing is sent again`, async () => {
    const gateway = new Gateway().answers(answer());
    const controller = new AbortController();
    const call = watch(gateway.client().fetch("/a", { signal: controller.signal }));
    await time.pass(50);
    controller.abort();
    await time.settle();
    assert.equal(call.reason.name, "AbortError");
    await time.pass(600_000);
    assert.equal(gateway.sends.length, 1);
  });

describe("B13: what a long pause leaves behind", () => {
  test("no Authorization of before the pause is sent after it", async () => {
    const gateway = new Gateway().answers(throttledFor(60));
    let token = "old";
    const client = gateway.client({ headers: () => ({ authorization: token }) });
    const calls = [client.fetch("/a")];
    await time.settle();
    calls.push(client.fetch("/queued"));
    token = "new";
    await time.pass(120_000);
    await Promise.all(calls);
    const sent = gateway.requests.map((request) => request.headers.get("authorization"));
    assert.deepEqual(sent, ["old", "new", "new"]);
  });

  test("no listener of thirty calls on a signal that they share", async () => {
    const { signal } = new AbortController();
    const answers = [throttledFor(1)];
    const client = new Gateway().client({ fetch: async () => answers.shift() ?? new Response() });
    const calls = Array.from({ length: 30 }, () => client.fetch("/a", { signal }));
    await time.pass(60_000);
    await Promise.all(calls);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  test("an event for a 429 that nobody expected", async () => {
    const client = new Gateway().answers(throttledFor(1)).client();
    const events = heard(client);
    const call = client.fetch("/a");
    await time.pass(1_000);
    await call;
    assert.deepEqual(
      events.map(({ type }) => type),
      ["throttled", "retry", "resumed"],
    );
  });
});

test("B14: a Retry-After past the longest pause is an error that says so, not a 429 without a word", async () => {
  const call = new Gateway().answers(throttledFor(301)).client().fetch("/a");
  await assert.rejects(
    call,
    (error) => error instanceof PauseTooLongError && error.resumeAt === Date.now() + 301_000,
  );
});

describe("B15: a queue that is paused has limits too", () => {
  test("a deadline runs while it waits, not from when it leaves", async () => {
    const client = new Gateway().client({ maxWaitMs: 100 });
    client.pause();
    const call = watch(client.fetch("/a"));
    await time.pass(100);
    assert.ok(call.reason instanceof QueueTimeoutError);
  });

  test("so many may wait, and no more", async () => {
    const client = new Gateway().client({ maxQueue: 10 });
    client.pause();
    const calls = Array.from({ length: 100 }, () => watch(client.fetch("/a")));
    await time.settle();
    assert.equal(calls.filter(({ reason }) => reason instanceof QueueFullError).length, 90);
    assert.equal(client.state.queued, 10);
    client.close();
  });
});

describe("B16: nothing is swallowed", () => {
  test("a wait ends in time while a person holds the queue", async () => {
    const client = new Gateway().client({ maxWaitMs: 1_000 });
    client.pause(60_000);
    const call = watch(client.fetch("/a"));
    await time.pass(1_000);
    assert.equal(call.status, "rejected");
  });

  test("an AbortError of the transport reaches the caller as one, not as undefined", async () => {
    const error = new DOMException("stopped", "AbortError");
    await assert.rejects(new Gateway().answers(error).client().fetch("/a"), (reason) => reason === error);
  });
});

test("B18: nothing wedges: after an hour of everything at once each call has ended and the queue is empty", async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const random = mulberry32(seed);
    let isWell = false;
    const answer = async () => {
      if (isWell) return new Response();
      await new Promise((resolve) => setTimeout(resolve, random() * 200));
      const dice = random();
      if (dice < 0.15) return throttledFor(Math.floor(random() * 5));
      if (dice < 0.25) return throttled();
      if (dice < 0.3) return new Response(null, { status: 503, headers: { "retry-after": "1" } });
      if (dice < 0.35) throw new TypeError("no network");
      // Some sends never get an answer: their callers abort.
      if (dice < 0.4) return new Promise(() => {});
      return new Response();
    };
    const client = new Gateway().client({ fetch: answer, maxInFlight: 4, maxQueue: 100 });
    const calls = [];
    for (let n = 0; n < 200; n++) {
      const controller = new AbortController();
      const init = { signal: controller.signal, method: random() < 0.5 ? "GET" : "POST" };
      if (random() < 0.2) init.throttle = { maxWaitMs: random() * 20_000 };
      calls.push(watch(client.fetch("/a", init)));
      setTimeout(() => controller.abort(), random() < 0.3 ? random() * 1_000 : 1_800_000);
      if (random() < 0.05) client.pause(random() * 3_000);
      if (random() < 0.05) client.resume();
      if (random() < 0.5) await time.pass(random() * 200);
    }
    await time.pass(3_600_000);
    assert.deepEqual(
      calls.filter(({ status }) => status === "pending"),
      [],
      `seed ${seed}`,
    );
    assert.deepEqual([client.state.queued, client.state.inFlight], [0, 0], `seed ${seed}`);
    isWell = true;
    const last = watch(client.fetch("/last"));
    await time.pass(60_000);
    assert.deepEqual([last.status, client.state.status], ["fulfilled", "open"], `seed ${seed}`);
  }
});

function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
