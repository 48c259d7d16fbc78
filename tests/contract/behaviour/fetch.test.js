import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { BASE, Gateway, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();

describe("fetch is a drop-in for the platform's", () => {
  test("already bound", async () => {
    const { fetch } = new Gateway().client();
    assert.equal((await fetch("/a")).status, 200);
  });

  test("resolves with the transport's own response, its body unread", async () => {
    const response = new Response("hello", { status: 418 });
    const client = new Gateway().answers(response).client();
    assert.equal(await client.fetch("/a"), response);
    assert.equal(response.bodyUsed, false);
  });

  test("rejects with what the transport rejects with", async () => {
    const error = new TypeError("Failed to fetch");
    const client = new Gateway().answers(error).client();
    await assert.rejects(client.fetch("/a"), (reason) => reason === error);
  });

  test("a network that fails is not tried again", async () => {
    const gateway = new Gateway().answers(new TypeError("Failed to fetch"));
    await assert.rejects(gateway.client().fetch("/a"));
    await time.pass(600_000);
    assert.equal(gateway.sends.length, 1);
  });

  for (const status of [204, 301, 400, 401, 403, 404, 500, 502, 503, 504])
    test(`${status} is the caller's`, async () => {
      const gateway = new Gateway().answers(new Response(null, { status }));
      assert.equal((await gateway.client().fetch("/a")).status, status);
      assert.equal(gateway.sends.length, 1);
    });

  for (const [input, init] of [
    ["http://["],
    ["/a", { headers: { "a b": "c" } }],
    ["/a", { method: "GET", body: "x" }],
    ["/a", { signal: {} }],
  ])
    test(`what is wrong with ${String(input)} ${JSON.stringify(init) ?? ""} is said by the promise`, async () => {
      const { fetch } = new Gateway().client();
      await assert.rejects(fetch(input, init), TypeError);
    });

  test("the init of a call that needs nothing added is given to the transport without `throttle`", async () => {
    const gateway = new Gateway();
    await gateway.client().fetch("/a", { cache: "no-store", keepalive: true, throttle: { retry: false } });
    assert.deepEqual(gateway.sends[0].init, { cache: "no-store", keepalive: true });
  });

  test("members that an init inherits count, as they do for fetch", async () => {
    const gateway = new Gateway();
    await gateway.client().fetch("/a", Object.create({ method: "DELETE" }));
    assert.equal(gateway.requests[0].method, "DELETE");
  });
});

describe("inputs resolve as for fetch, but against baseUrl", () => {
  const inputs = {
    "/a?b#c": "https://api.example.com/a?b#c",
    a: "https://api.example.com/v1/a",
    "../a": "https://api.example.com/a",
    "?q": "https://api.example.com/v1/?q",
    "//other.example.com/a": "https://other.example.com/a",
    "https://other.example.com/a": "https://other.example.com/a",
    "https://api.example.com/v1/x": "https://api.example.com/v1/x",
  };
  for (const [input, url] of Object.entries(inputs))
    test(`${input} is ${url}`, async () => {
      const gateway = new Gateway();
      await gateway.client({ baseUrl: new URL("v1/", BASE) }).fetch(input);
      assert.equal(gateway.sends[0].input, url);
    });

  test("a URL object", async () => {
    const gateway = new Gateway();
    await gateway.client().fetch(new URL("https://other.example.com/a"));
    assert.equal(gateway.requests[0].url, "https://other.example.com/a");
  });

  test("a Request, with an init over it", async () => {
    const gateway = new Gateway();
    const request = new Request("https://api.example.com/a", {
      method: "POST",
      body: "x",
      headers: { a: "1" },
    });
    await gateway.client().fetch(request, { method: "PUT", headers: { b: "2" } });
    const [sent] = gateway.requests;
    assert.deepEqual(
      [sent.method, await sent.text(), sent.headers.get("a"), sent.headers.get("b")],
      ["PUT", "x", null, "2"],
    );
  });

  test("a Request whose body is used rejects, as with fetch", async () => {
    const request = new Request("https://api.example.com/a", { method: "POST", body: "x" });
    await request.text();
    await assert.rejects(new Gateway().client().fetch(request), TypeError);
  });

  test("without a baseUrl outside of a page, an absolute URL is what it is", async () => {
    const gateway = new Gateway();
    const client = new ApiServiceClient({ fetch: gateway.fetch });
    await client.fetch("https://api.example.com/a");
    assert.equal(gateway.requests[0].url, "https://api.example.com/a");
    await assert.rejects(client.fetch("/relative"), TypeError);
  });
});

describe("the transport", () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  test("is globalThis.fetch, looked up at each send", async () => {
    const client = new ApiServiceClient({ backoff: { jitter: "none" } });
    const seen = [];
    globalThis.fetch = async () => {
      seen.push("first");
      return throttledFor(1);
    };
    const call = client.fetch("https://api.example.com/a");
    await time.settle();
    globalThis.fetch = async () => {
      seen.push("second");
      return new Response();
    };
    await time.pass(1_000);
    assert.equal((await call).status, 200);
    assert.deepEqual(seen, ["first", "second"]);
  });

  test("is called as a plain function, as browsers insist", async () => {
    let self = "not called";
    const client = new ApiServiceClient({
      async fetch() {
        self = this;
        return new Response();
      },
    });
    await client.fetch("https://api.example.com/a");
    assert.equal(self, undefined);
  });
});

test("a call is sent in the same task, before fetch returns", () => {
  const gateway = new Gateway();
  gateway.client().fetch("/a");
  assert.deepEqual(gateway.paths, ["/a"]);
});
