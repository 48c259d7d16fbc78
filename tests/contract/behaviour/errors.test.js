import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as main from "api-service-client";
import * as slim from "api-service-client/slim";
import { Gateway, quotaExceeded, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();
const SCOPE = "https://api.example.com";

/** The error that a call rejects with, after `prepare` has changed the client. */
async function rejection(options, answers, prepare) {
  const gateway = new Gateway().answers(...answers);
  const client = gateway.client(options);
  const [result] = await Promise.allSettled([prepare(client)]);
  assert.equal(result.status, "rejected");
  return result.reason;
}

const errors = {
  QueueFullError: () =>
    rejection({ maxQueue: 0 }, [], (client) => {
      client.pause();
      return client.fetch("/a");
    }),
  QueueTimeoutError: () =>
    rejection({ maxWaitMs: 1 }, [], async (client) => {
      client.pause();
      const call = client.fetch("/a");
      await Promise.all([call, time.pass(1)]);
    }),
  PauseTooLongError: () =>
    rejection({ maxPauseMs: 1_000 }, [throttledFor(10)], (client) => client.fetch("/a")),
  QuotaExceededError: () =>
    rejection({}, [quotaExceeded()], async (client) => {
      await client.fetch("/a");
      await client.fetch("/b");
    }),
  ClientClosedError: () =>
    rejection({}, [], (client) => {
      client.close();
      return client.fetch("/a");
    }),
};

const classes = Object.fromEntries(Object.entries(main));

const codes = {
  QueueFullError: "queue-full",
  QueueTimeoutError: "queue-timeout",
  PauseTooLongError: "pause-too-long",
  QuotaExceededError: "quota-exceeded",
  ClientClosedError: "closed",
};

describe("an error of the package", () => {
  for (const [name, provoke] of Object.entries(errors)) {
    test(`${name} is told by its class, its name and its code`, async () => {
      const error = await provoke();
      assert.ok(error instanceof classes[name]);
      assert.ok(error instanceof main.ApiServiceClientError);
      assert.ok(error instanceof Error);
      assert.deepEqual([error.name, error.code, error.scope], [name, codes[name], SCOPE]);
    });

    test(`${name} has a message of one line and a stack that begins with its name`, async () => {
      const error = await provoke();
      assert.match(error.message, /^[^\n]{10,}$/);
      assert.ok(String(error).startsWith(`${name}: `));
    });
  }

  test("PauseTooLongError says when the pause ends", async () => {
    const error = await errors.PauseTooLongError();
    assert.equal(error.resumeAt, Date.now() + 10_000);
  });

  test("QuotaExceededError says when a call tries again: in a minute at first", async () => {
    const error = await errors.QuotaExceededError();
    assert.equal(error.nextProbeAt, Date.now() + 60_000);
  });

  test("has no secret in it", async () => {
    for (const provoke of Object.values(errors)) {
      const error = await provoke();
      assert.deepEqual(
        Object.keys(error).filter(
          (key) => !["code", "scope", "limit", "waitedMs", "resumeAt", "nextProbeAt"].includes(key),
        ),
        [],
      );
    }
  });
});

const NAMES = ["ApiServiceClient", "ApiServiceClientError", "init", ...Object.keys(codes)].sort();

for (const [entry, module] of Object.entries({ "api-service-client": main, "api-service-client/slim": slim }))
  test(`${entry} exports what its types promise, and nothing else`, () => {
    assert.deepEqual(Object.keys(module).sort(), NAMES);
  });
