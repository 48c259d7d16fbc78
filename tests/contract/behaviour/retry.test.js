import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Gateway, heard, quotaExceeded, throttled, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();

const unavailable = (retryAfter) =>
  new Response(null, { status: 503, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } });

/** The status that a caller sees, and the number of sends. */
async function outcome(answers, init, options) {
  const gateway = new Gateway().answers(...answers);
  const call = gateway.client(options).fetch("/a", init);
  await time.pass(600_000);
  return [(await call).status, gateway.sends.length];
}

describe("a 429 is sent again, whatever its method: it was refused before the backend saw it", () => {
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH"])
    test(method, async () => {
      assert.deepEqual(await outcome([throttledFor(1)], { method }), [200, 2]);
    });
});

describe("a 503 that says when to come back is sent again", () => {
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
    test(`if it is idempotent: ${method}`, async () => {
      assert.deepEqual(await outcome([unavailable("1")], { method }), [200, 2]);
    });

  for (const method of ["POST", "PATCH"]) {
    test(`but not ${method}, which may have been acted on`, async () => {
      assert.deepEqual(await outcome([unavailable("1")], { method }), [503, 1]);
    });

    test(`${method} with an Idempotency-Key, however it is given`, async () => {
      for (const headers of [
        { "Idempotency-Key": "k" },
        [["idempotency-key", "k"]],
        new Headers({ "idempotency-key": "k" }),
      ])
        assert.deepEqual(await outcome([unavailable("1")], { method, headers }), [200, 2]);
    });
  }

  test("a Request with an Idempotency-Key", async () => {
    const gateway = new Gateway().answers(unavailable("1"));
    const headers = { "idempotency-key": "k" };
    const request = new Request("https://api.example.com/a", { method: "POST", body: "x", headers });
    const call = gateway.client().fetch(request);
    await time.pass(1_000);
    assert.equal((await call).status, 200);
  });

  for (const retryAfter of [undefined, "", "soon", "-1", "1.5"])
    test(`not one that says nothing of use: ${retryAfter}`, async () => {
      assert.deepEqual(await outcome([unavailable(retryAfter)]), [503, 1]);
    });

  test("and pauses the scope even where it is not sent again", async () => {
    const client = new Gateway().answers(unavailable("10")).client();
    await client.fetch("/a", { method: "POST" });
    assert.equal(client.state.status, "paused");
  });
});

describe("what is not sent again goes to its caller, and pauses the scope all the same", () => {
  async function* chunks() {
    yield Buffer.from("content");
  }
  for (const [kind, body] of [
    ["a stream", () => new Blob(["content"]).stream()],
    ["an asynchronous iterable of Node", chunks],
  ])
    test(`${kind} as a body`, async () => {
      const gateway = new Gateway().answers(throttledFor(10));
      const client = gateway.client();
      const response = await client.fetch("/a", { method: "POST", body: body(), duplex: "half" });
      assert.deepEqual([response.status, response.bodyUsed, client.state.status], [429, false, "paused"]);
      assert.equal(await gateway.requests[0].text(), "content");
    });

  test("what was asked not to be, with `throttle.retry: false`", async () => {
    const gateway = new Gateway().answers(throttledFor(10));
    const client = gateway.client();
    const response = await client.fetch("/a", { throttle: { retry: false } });
    assert.deepEqual([response.status, client.state.status], [429, "paused"]);
    assert.equal(await response.text(), '{"message":"Too Many Requests"}');
    await time.pass(600_000);
    assert.equal(gateway.sends.length, 1);
  });

  test("what has used its attempts up: ten by default", async () => {
    const answers = Array.from({ length: 20 }, () => throttledFor(1));
    assert.deepEqual(await outcome(answers), [429, 10]);
  });

  test("maxAttempts counts the first", async () => {
    assert.deepEqual(await outcome([throttled()], undefined, { maxAttempts: 1 }), [429, 1]);
    assert.deepEqual(await outcome([throttled(), throttled()], undefined, { maxAttempts: 2 }), [429, 2]);
  });

  test("a used-up quota", async () => {
    assert.deepEqual(await outcome([quotaExceeded()]), [429, 1]);
  });
});

describe("an answer that is withheld", () => {
  test("has its body cancelled, so that its connection is free", async () => {
    let isCancelled = false;
    const body = new ReadableStream({
      cancel() {
        isCancelled = true;
      },
    });
    const gateway = new Gateway().answers(
      new Response(body, { status: 429, headers: { "content-type": "text/html", "retry-after": "1" } }),
    );
    const call = gateway.client().fetch("/a");
    await time.settle();
    assert.equal(isCancelled, true);
    await time.pass(1_000);
    await call;
  });

  test("may be read by a listener that begins at once", async () => {
    const client = new Gateway().answers(throttledFor(1)).client();
    let text;
    client.addEventListener("throttled", ({ detail }) => {
      text = detail.response.text();
    });
    const call = client.fetch("/a");
    await time.pass(1_000);
    await call;
    assert.equal(await text, '{"message":"Too Many Requests"}');
  });
});

test("of two limits in one answer Retry-After wins", async () => {
  const client = new Gateway()
    .answers(throttled({ "retry-after": "20", ratelimit: '"p";r=0;t=40' }))
    .client();
  const events = heard(client);
  client.fetch("/a").catch(() => {});
  await time.settle();
  assert.deepEqual([events[0].delayMs, events[0].source], [20_000, "retry-after"]);
  client.close();
});

test("the body tells a used-up quota from a throttle where the headers do not", async () => {
  const answer = (message) => new Response(JSON.stringify({ message }), { status: 429 });
  const quota = new Gateway().answers(answer("Limit Exceeded")).client();
  const response = await quota.fetch("/a");
  assert.deepEqual([response.status, quota.state.status], [429, "quota-exceeded"]);
  assert.deepEqual(await response.json(), { message: "Limit Exceeded" });

  const throttle = new Gateway().answers(answer("Too Many Requests")).client();
  const call = throttle.fetch("/a");
  await time.pass(2_000);
  assert.equal((await call).status, 200);
});
