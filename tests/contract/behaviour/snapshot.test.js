// A request is sent as it was passed to the call, even if the caller changes its objects while the call
// waits.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Gateway, throttledFor, virtualTime } from "./gateway.js";

const time = virtualTime();

/** The request of a call whose objects change while it waits. */
async function sentOf(input, init, change) {
  const gateway = new Gateway();
  const client = gateway.client();
  client.pause();
  const call = client.fetch(input, init);
  change();
  client.resume();
  await call;
  return gateway.requests[0];
}

describe("while a call waits, its caller may change", () => {
  test("the init", async () => {
    const init = { method: "POST", body: "before" };
    const sent = await sentOf("/a", init, () => Object.assign(init, { method: "PUT", body: "after" }));
    assert.deepEqual([sent.method, await sent.text()], ["POST", "before"]);
  });

  test("a URL", async () => {
    const url = new URL("https://api.example.com/before");
    const sent = await sentOf(url, undefined, () => {
      url.pathname = "/after";
    });
    assert.equal(sent.url, "https://api.example.com/before");
  });

  for (const [kind, headers, change] of [
    ["an object of headers", { a: "before" }, (headers) => Object.assign(headers, { a: "after", b: "new" })],
    ["Headers", new Headers({ a: "before" }), (headers) => headers.set("a", "after")],
    ["pairs of headers", [["a", "before"]], (headers) => headers.splice(0, 1, ["a", "after"])],
    ["a pair of headers", [["a", "before"]], ([pair]) => pair.splice(1, 1, "after")],
  ])
    test(kind, async () => {
      const sent = await sentOf("/a", { headers }, () => change(headers));
      assert.equal(sent.headers.get("a"), "before");
    });

  const bytes = () => new TextEncoder().encode("before");
  for (const [kind, body, overwrite] of [
    ["an ArrayBuffer", bytes().buffer, (body) => new Uint8Array(body).fill(0)],
    ["a typed array", bytes(), (body) => body.fill(0)],
    ["a part of a buffer", new TextEncoder().encode("<before>").subarray(1, 7), (body) => body.fill(0)],
    ["a DataView", new DataView(bytes().buffer), (body) => body.setUint32(0, 0)],
    ["a Buffer of Node", Buffer.from("before"), (body) => body.fill(0)],
  ])
    test(kind, async () => {
      const sent = await sentOf("/a", { method: "POST", body }, () => overwrite(body));
      assert.equal(await sent.text(), "before");
    });

  test("a FormData, files included", async () => {
    const body = new FormData();
    body.append("name", "before");
    body.append("file", new Blob(["content"], { type: "text/x" }), "a.txt");
    const sent = await sentOf("/a", { method: "POST", body }, () => {
      body.set("name", "after");
      body.delete("file");
    });
    const form = await sent.formData();
    const file = form.get("file");
    assert.deepEqual(
      [form.get("name"), file.name, file.type, await file.text()],
      ["before", "a.txt", "text/x", "content"],
    );
  });

  test("URLSearchParams", async () => {
    const body = new URLSearchParams({ q: "before" });
    const sent = await sentOf("/a", { method: "POST", body }, () => body.set("q", "after"));
    assert.equal(await sent.text(), "q=before");
    assert.match(sent.headers.get("content-type"), /^application\/x-www-form-urlencoded/);
  });

  test("a Request, whose body it has handed over", async () => {
    const request = new Request("https://api.example.com/a", {
      method: "POST",
      body: "before",
      headers: { a: "1" },
    });
    const sent = await sentOf(request, undefined, () => request.headers.set("a", "2"));
    assert.deepEqual([await sent.text(), sent.headers.get("a"), request.bodyUsed], ["before", "1", true]);
  });
});

describe("a body is sent again as it was", () => {
  const bodies = {
    text: () => "content",
    bytes: () => new TextEncoder().encode("content"),
    "a Blob": () => new Blob(["content"]),
    URLSearchParams: () => new URLSearchParams({ content: "" }),
  };
  for (const [kind, body] of Object.entries(bodies))
    test(kind, async () => {
      const gateway = new Gateway().answers(throttledFor(1), throttledFor(1));
      const call = gateway.client().fetch("/a", { method: "POST", body: body() });
      await time.pass(5_000);
      assert.equal((await call).status, 200);
      const sent = await Promise.all(gateway.requests.map((request) => request.text()));
      assert.equal(sent.length, 3);
      assert.match(sent[0], /^content/);
      assert.deepEqual(sent, Array(3).fill(sent[0]));
    });

  for (const headers of [undefined, { "x-api-key": "k" }])
    test(`a Request with a body, ${headers ? "with" : "without"} headers of the client`, async () => {
      const gateway = new Gateway().answers(throttledFor(1), throttledFor(1));
      const request = new Request("https://api.example.com/a", { method: "POST", body: "content" });
      const call = gateway.client({ headers }).fetch(request);
      await time.pass(5_000);
      assert.equal((await call).status, 200);
      const sent = await Promise.all(gateway.requests.map((request) => request.text()));
      assert.deepEqual(sent, ["content", "content", "content"]);
    });
});
