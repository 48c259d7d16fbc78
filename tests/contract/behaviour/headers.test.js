import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiServiceClient } from "api-service-client";
import { Gateway, later, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();

describe("the client's headers", () => {
  for (const [kind, headers] of Object.entries({
    "an object": { "x-api-key": "k" },
    pairs: [["x-api-key", "k"]],
    Headers: new Headers({ "x-api-key": "k" }),
    "a function": () => ({ "x-api-key": "k" }),
    "an asynchronous function": async () => new Headers({ "x-api-key": "k" }),
  }))
    test(`given as ${kind} are sent with every request`, async () => {
      const gateway = new Gateway();
      const client = gateway.client({ headers });
      await client.fetch("/a");
      await client.fetch("/b", { method: "POST", body: "x" });
      await client.fetch(new Request("https://api.example.com/c"));
      assert.deepEqual(
        gateway.requests.map((request) => request.headers.get("x-api-key")),
        ["k", "k", "k"],
      );
    });

  test("go to the origin of baseUrl and to no other", async () => {
    const inits = [];
    const fetch = async (_, init) => inits.push(init);
    const client = new Gateway().client({ headers: { authorization: "Bearer t" }, fetch });
    for (const url of [
      "https://other.example.com/",
      "http://api.example.com/",
      "https://api.example.com:8443/",
      "https://api.example.com.evil.example/",
      "https://api.example.com@evil.example/",
      "//evil.example/api.example.com/",
    ])
      await client.fetch(url);
    await client.fetch(new Request("https://other.example.com/"));
    assert.deepEqual(inits, Array(7).fill(undefined));
  });

  test("a function is not even called for another origin", async () => {
    let calls = 0;
    const client = new Gateway().client({ headers: () => ({ a: String(++calls) }) });
    await client.fetch("https://other.example.com/");
    assert.equal(calls, 0);
  });

  test("go nowhere without a baseUrl outside of a page, nor to an opaque origin", async () => {
    const gateway = new Gateway();
    const headers = { a: "b" };
    await new ApiServiceClient({ fetch: gateway.fetch, headers }).fetch("https://api.example.com/");
    await gateway.client({ baseUrl: "app://one/", headers }).fetch("app://other/");
    assert.deepEqual(
      gateway.requests.map((request) => request.headers.get("a")),
      [null, null],
    );
  });

  test("give way to those of the single request", async () => {
    const gateway = new Gateway();
    const client = gateway.client({ headers: { a: "client", b: "client" } });
    await client.fetch("/", { headers: { A: "request" } });
    await client.fetch(new Request("https://api.example.com/", { headers: { a: "request" } }));
    await client.fetch(new Request("https://api.example.com/", { headers: { a: "lost" } }), {
      headers: { a: "init" },
    });
    const sent = gateway.requests.map(({ headers }) => `${headers.get("a")} ${headers.get("b")}`);
    assert.deepEqual(sent, ["request client", "request client", "init client"]);
  });

  test("leave the referrer policy of a Request as it is", async () => {
    const gateway = new Gateway();
    const request = new Request("https://api.example.com/", { referrerPolicy: "no-referrer" });
    await gateway.client({ headers: { a: "b" } }).fetch(request);
    const [sent] = gateway.requests;
    assert.deepEqual([sent.referrerPolicy, sent.headers.get("a")], ["no-referrer", "b"]);
  });

  test("do not change the caller's own objects", async () => {
    const init = { headers: { a: "b" } };
    const request = new Request("https://api.example.com/");
    const client = new Gateway().client({ headers: { "x-api-key": "k" } });
    await client.fetch("/", init);
    await client.fetch(request);
    assert.deepEqual(init, { headers: { a: "b" } });
    assert.equal(request.headers.has("x-api-key"), false);
  });
});

describe("a function of headers", () => {
  test("is called at each send, so that a token that expired during a pause is fresh", async () => {
    const gateway = new Gateway().answers(throttledFor(3_600));
    const headers = async () => ({
      authorization: `token of ${Math.floor(performance.now() / 3_600_000)} h`,
    });
    const client = gateway.client({ headers, maxPauseMs: 1e8 });
    const call = client.fetch("/a");
    await time.pass(3_600_000);
    await call;
    const sent = gateway.requests.map((request) => request.headers.get("authorization"));
    assert.deepEqual(sent, ["token of 0 h", "token of 1 h"]);
  });

  test("is not called for what is still waiting", async () => {
    let calls = 0;
    const client = new Gateway().client({ headers: () => ({ n: String(++calls) }) });
    client.pause();
    client.fetch("/a").catch(() => {});
    await time.pass(60_000);
    assert.equal(calls, 0);
    client.close();
  });

  for (const [how, headers] of Object.entries({
    throws() {
      throw new RangeError("no token");
    },
    rejects: () => Promise.reject(new RangeError("no token")),
  }))
    test(`that ${how} fails its request, and no other`, async () => {
      const gateway = new Gateway();
      const client = gateway.client({ headers, maxInFlight: 1 });
      await assert.rejects(client.fetch("/a"), new RangeError("no token"));
      await client.fetch("https://other.example.com/b");
      assert.deepEqual(gateway.paths, ["/b"]);
      assert.equal(client.state.inFlight, 0);
    });

  test("that returns no headers fails its request", async () => {
    const client = new Gateway().client({ headers: () => "x-api-key: k" });
    await assert.rejects(client.fetch("/a"), TypeError);
  });

  test("holds a slot while it is awaited, and its order", async () => {
    const token = later();
    const gateway = new Gateway();
    const client = gateway.client({ headers: () => token, maxInFlight: 1 });
    const calls = [client.fetch("/a"), client.fetch("/b")];
    await time.settle();
    assert.deepEqual([client.state.inFlight, client.state.queued, gateway.paths], [1, 1, []]);
    token.give({});
    await Promise.all(calls);
    assert.deepEqual(gateway.paths, ["/a", "/b"]);
  });
});
