import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Gateway, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();

/** The scopes of a client with their status, by name. */
const scopes = (client) =>
  Object.fromEntries(Object.entries(client.state.scopes).map(([name, { status }]) => [name, status]));

describe("what shares a limit", () => {
  test("is the origin by default: another goes on", async () => {
    const gateway = new Gateway().answers(throttledFor(10));
    const client = gateway.client();
    const call = client.fetch("/a");
    await time.settle();
    await client.fetch("https://other.example.com/b");
    assert.deepEqual(scopes(client), {
      "https://api.example.com": "paused",
      "https://other.example.com": "open",
    });
    assert.equal(client.state.status, "paused", "the most restricted scope");
    await time.pass(10_000);
    await call;
  });

  test("is what a function of the URL and the method says", async () => {
    const seen = [];
    const client = new Gateway().client({
      scope: (url, method) => {
        seen.push([url instanceof URL, url.href, method]);
        return `${method} ${url.pathname.split("/")[1]}`;
      },
    });
    await client.fetch("/orders/1?x");
    await client.fetch("/orders/2", { method: "post" });
    await client.fetch(new Request("https://api.example.com/items/3", { method: "DELETE" }));
    assert.deepEqual(seen, [
      [true, "https://api.example.com/orders/1?x", "GET"],
      [true, "https://api.example.com/orders/2", "POST"],
      [true, "https://api.example.com/items/3", "DELETE"],
    ]);
    assert.deepEqual(Object.keys(client.state.scopes), ["GET orders", "POST orders", "DELETE items"]);
  });

  test("is what the single request says before that", async () => {
    const client = new Gateway().client({ scope: () => "function" });
    await client.fetch("/a", { throttle: { scope: "own" } });
    assert.deepEqual(Object.keys(client.state.scopes), ["own"]);
  });

  test("has a name in text, whatever it is given as", async () => {
    const client = new Gateway().client({ scope: () => 7 });
    await client.fetch("/a");
    await client.fetch("/a", { throttle: { scope: 8 } });
    assert.deepEqual(Object.keys(client.state.scopes), ["7", "8"]);
  });

  test("a function that throws rejects the call", async () => {
    const client = new Gateway().client({
      scope() {
        throw new RangeError("no scope");
      },
    });
    await assert.rejects(client.fetch("/a"), new RangeError("no scope"));
    assert.equal(client.state.inFlight, 0);
  });

  test("one function over all origins makes one queue", async () => {
    const gateway = new Gateway().answers(throttledFor(10));
    const client = gateway.client({ scope: () => "all" });
    const calls = [client.fetch("/a")];
    await time.settle();
    calls.push(client.fetch("https://other.example.com/b"));
    await time.settle();
    assert.deepEqual(gateway.paths, ["/a"]);
    await time.pass(60_000);
    await Promise.all(calls);
    assert.deepEqual(gateway.paths, ["/a", "/a", "/b"]);
  });
});

test("two clients share nothing", async () => {
  const gateway = new Gateway().answers(throttledFor(10));
  const [one, other] = [gateway.client(), gateway.client()];
  const call = one.fetch("/a");
  await time.settle();
  assert.equal((await other.fetch("/b")).status, 200);
  assert.equal(other.state.status, "open");
  await time.pass(10_000);
  await call;
});
