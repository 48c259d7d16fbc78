import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { Gateway, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();
const ORDERS = "https://app.example/app/orders";

/** Makes this the page's base URL, as `history.pushState` and a `<base>` do. */
function moveTo(baseURI) {
  globalThis.document = { baseURI };
}

afterEach(() => {
  delete globalThis.document;
});

describe("a relative URL without a baseUrl is resolved when it is called", () => {
  test("a request that is sent again goes where it went first", async () => {
    moveTo(ORDERS);
    const gateway = new Gateway().answers(throttledFor(1));
    const answer = gateway.client({ baseUrl: undefined }).fetch("list.json", { method: "DELETE" });
    moveTo(`${ORDERS}/42/edit`);
    await time.pass(2_000);
    await answer;
    assert.deepEqual(
      gateway.requests.map(({ url }) => url),
      ["https://app.example/app/list.json", "https://app.example/app/list.json"],
    );
  });

  test("a call after the page has moved resolves against its new address", async () => {
    moveTo(ORDERS);
    const gateway = new Gateway();
    const client = gateway.client({ baseUrl: undefined });
    moveTo(`${ORDERS}/42/edit`);
    await client.fetch("list.json");
    assert.equal(gateway.requests[0].url, "https://app.example/app/orders/42/list.json");
  });

  test("the client's headers do not follow a base of another origin", async () => {
    moveTo(ORDERS);
    const gateway = new Gateway();
    const client = gateway.client({ baseUrl: undefined, headers: { "x-secret": "s" } });
    await client.fetch("a");
    moveTo("https://other.example/");
    await client.fetch("a");
    assert.deepEqual(
      gateway.requests.map(({ url, headers }) => [url, headers.get("x-secret")]),
      [
        ["https://app.example/app/a", "s"],
        ["https://other.example/a", null],
      ],
    );
    assert.deepEqual(Object.keys(client.state.scopes), ["https://app.example", "https://other.example"]);
  });

  test("a call that waits while the base changes keeps its origin, and its headers", async () => {
    moveTo(ORDERS);
    const gateway = new Gateway();
    const client = gateway.client({ baseUrl: undefined, headers: { "x-secret": "s" } });
    client.pause(1_000);
    const answer = client.fetch("a");
    moveTo("https://other.example/");
    await time.pass(2_000);
    await answer;
    const [{ url, headers }] = gateway.requests;
    assert.deepEqual([url, headers.get("x-secret")], ["https://app.example/app/a", "s"]);
  });

  test("a relative referrer, too", async () => {
    moveTo(ORDERS);
    const gateway = new Gateway();
    const client = gateway.client({ baseUrl: undefined });
    client.pause(1_000);
    const answer = client.fetch("a", { referrer: "list" });
    moveTo("https://app.example/elsewhere/");
    await time.pass(2_000);
    await answer;
    assert.equal(gateway.sends[0].init.referrer, "https://app.example/app/list");
  });

  test("a Request's own URL decides, whatever the getter of a subclass returns", async () => {
    class Lying extends Request {
      get url() {
        return "https://app.example/a";
      }
    }
    moveTo(ORDERS);
    const gateway = new Gateway();
    const client = gateway.client({ baseUrl: undefined, headers: { "x-secret": "s" } });
    await client.fetch(new Lying("https://other.example/a"));
    assert.equal(gateway.requests[0].headers.get("x-secret"), null);
    assert.deepEqual(Object.keys(client.state.scopes), ["https://other.example"]);
  });
});
