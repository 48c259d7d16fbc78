import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { virtualTime } from "./gateway.js";

const time = virtualTime();
const URL = "https://api.example.com/";

describe("a client's fetch in the place of the global one", () => {
  const { fetch } = globalThis;
  const clients = [];
  const client = () => {
    const made = new ApiServiceClient({ tabs: false, persist: false, backoff: { jitter: "none" } });
    clients.push(made);
    return made;
  };
  /** The original global fetch; it counts its calls. */
  const original = (answers = []) => {
    const calls = [];
    globalThis.fetch = async (...args) => {
      calls.push(args);
      return answers.shift() ?? new Response("original");
    };
    return calls;
  };
  afterEach(() => {
    globalThis.fetch = fetch;
    for (const made of clients.splice(0)) made.close();
  });

  test("sends by the one that was there before", async () => {
    const calls = original();
    globalThis.fetch = client().fetch;
    assert.equal(await (await globalThis.fetch(URL)).text(), "original");
    assert.deepEqual(calls, [[URL]]);
  });

  test("keeps to the limit all the same", async () => {
    const calls = original([new Response(null, { status: 429, headers: { "retry-after": "2" } })]);
    const installed = client();
    globalThis.fetch = installed.fetch;
    const call = globalThis.fetch(URL, { method: "POST", body: "x" });
    await time.settle();
    assert.deepEqual([calls.length, installed.state.status], [1, "paused"]);
    await time.pass(2_000);
    assert.equal((await call).status, 200);
    assert.equal(calls.length, 2);
  });

  test("also if something is wrapped around it, as tools that record do", async () => {
    const calls = original();
    const { fetch: ours } = client();
    globalThis.fetch = (...args) => ours(...args).then((response) => response);
    assert.equal(await (await globalThis.fetch(URL)).text(), "original");
    assert.equal(calls.length, 1);
  });

  test("also over another client's", async () => {
    const calls = original();
    const inner = client();
    globalThis.fetch = inner.fetch;
    const outer = client();
    globalThis.fetch = outer.fetch;
    assert.equal(await (await globalThis.fetch(URL)).text(), "original");
    assert.equal(calls.length, 1);
    assert.deepEqual([inner.state.scopes[new globalThis.URL(URL).origin].sent, outer.state.inFlight], [1, 0]);
  });

  test("a call that is made while another is sent by a fetch of one's own is an ordinary call", async () => {
    let token;
    const made = new ApiServiceClient({
      async fetch(input) {
        if (input === URL) token = made.fetch(`${URL}token`);
        return new Response(input);
      },
    });
    clients.push(made);
    await made.fetch(URL);
    assert.equal(await (await token).text(), `${URL}token`);
    assert.equal(made.state.scopes["https://api.example.com"].sent, 2);
  });
});

describe("a client where a plain object is expected", () => {
  const client = new ApiServiceClient({ tabs: false, persist: false });

  test("JSON shows its state", () => {
    assert.deepEqual(JSON.parse(JSON.stringify({ client })), {
      client: JSON.parse(JSON.stringify(client.state)),
    });
  });

  test("it cannot be cloned, nor sent to a worker", () => {
    assert.throws(() => structuredClone(client), { name: "DataCloneError" });
  });

  for (const [name, use] of Object.entries({
    state: (proxy) => proxy.state,
    "pause()": (proxy) => proxy.pause(),
    "resume()": (proxy) => proxy.resume(),
    "close()": (proxy) => proxy.close(),
    "handleThrottlingError()": (proxy) => proxy.handleThrottlingError({ status: 429, url: URL }),
    "addEventListener()": (proxy) => proxy.addEventListener("throttled", () => {}),
  }))
    test(`a Proxy around it says that it is one: ${name}`, () => {
      assert.throws(() => use(new Proxy(client, {})), /^TypeError: Not an ApiServiceClient.*Proxy/);
    });

  test("what is bound works through a Proxy too", async () => {
    const made = new ApiServiceClient({ fetch: async () => new Response("hello") });
    const proxy = new Proxy(made, {});
    assert.equal(await (await proxy.fetch(URL)).text(), "hello");
    assert.equal(proxy.getState(), made.state);
    proxy.subscribe(() => {})();
  });
});
