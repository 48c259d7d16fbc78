import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MockGateway } from "api-service-client/testing";
import { virtualTime } from "../gateway.js";

const time = virtualTime();
const URL = "https://api.example.com/items?a=1";
const empty = { rate: 0.5, burst: 0 };

describe("the gateway's own answers are Amazon's to the byte", () => {
  const refusals = {
    "no token in the bucket": [{ plan: empty }, 429, "TooManyRequestsException", "Too Many Requests"],
    "no quota left": [
      { plan: { rate: 1, burst: 1, quota: { limit: 0, period: "DAY" } } },
      429,
      "LimitExceededException",
      "Limit Exceeded",
    ],
    "no key": [{ apiKeys: ["key"] }, 403, "ForbiddenException", "Forbidden"],
    "not authorized": [{ authorizer: () => false }, 401, "UnauthorizedException", "Unauthorized"],
  };
  for (const [name, [options, status, errorType, message]] of Object.entries(refusals))
    test(name, async () => {
      const response = await new MockGateway(options).fetch(URL);
      assert.equal(response.status, status);
      assert.equal(await response.text(), `{"message":"${message}"}`);
      assert.equal(response.headers.get("content-type"), "application/json");
      assert.equal(response.headers.get("x-amzn-errortype"), errorType);
      assert.equal(response.headers.get("retry-after"), null);
    });

  test("each has ids of its own, and so has what the backend answers", async () => {
    const gateway = new MockGateway({ plan: { rate: 1, burst: 1 } });
    const answers = [await gateway.fetch(URL), await gateway.fetch(URL)];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 429],
    );
    const ids = answers.map(({ headers }) => [
      headers.get("x-amzn-requestid"),
      headers.get("x-amz-apigw-id"),
    ]);
    for (const [id, extendedId] of ids) {
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.match(extendedId, /^[\w-]{15}=$/);
    }
    assert.equal(new Set(ids.flat()).size, 4);
  });
});

describe("Retry-After on a 429", () => {
  /** The answer's `Retry-After` for the second request, 100 ms after the first. */
  const ofSecond = async (retryAfter) => {
    const { fetch } = new MockGateway({ plan: { rate: 0.4, burst: 1 }, retryAfter });
    await fetch(URL);
    await time.pass(100);
    return (await fetch(URL)).headers.get("retry-after");
  };

  test("is not there by default, as at Amazon", async () => {
    assert.equal(await ofSecond(undefined), null);
    assert.equal(await ofSecond("none"), null);
  });

  test("is a fixed number of seconds", async () => {
    assert.equal(await ofSecond(10), "10");
    assert.equal(await ofSecond(0), "0");
  });

  test("is computed: the seconds until the next token, rounded up", async () => {
    // A token takes 2.5 s, of which 2.4 s are left.
    assert.equal(await ofSecond("computed"), "3");
  });

  test("is a date, rounded up as well", async () => {
    // The tests begin at noon.
    assert.equal(await ofSecond("http-date"), "Tue, 24 Nov 2026 12:00:03 GMT");
  });

  test("where no token ever comes only a fixed number can be said", async () => {
    const of = async (retryAfter) =>
      (await new MockGateway({ plan: { rate: 0, burst: 1 }, retryAfter }).fetch(URL)).headers.get(
        "retry-after",
      );
    assert.deepEqual([await of(5), await of("computed"), await of("http-date")], ["5", null, null]);
  });

  test("is on no other refusal", async () => {
    const quota = new MockGateway({
      plan: { rate: 1, burst: 1, quota: { limit: 0, period: "DAY" } },
      retryAfter: 10,
    });
    const key = new MockGateway({ apiKeys: ["key"], retryAfter: 10 });
    for (const gateway of [quota, key])
      assert.equal((await gateway.fetch(URL)).headers.get("retry-after"), null);
  });
});

describe("CORS on errors", () => {
  test("is there by default: any page may read them, and the headers that matter", async () => {
    const { headers } = await new MockGateway({ plan: empty }).fetch(URL);
    assert.equal(headers.get("access-control-allow-origin"), "*");
    const exposed = headers.get("access-control-expose-headers").split(",");
    for (const name of ["retry-after", "date", "x-amzn-errortype", "x-amzn-requestid"])
      assert.ok(exposed.includes(name), name);
  });

  for (const [name, options] of Object.entries({
    "a 429": { plan: empty },
    "a 403": { apiKeys: ["key"] },
    "a 401": { authorizer: () => false },
  }))
    test(`without it ${name} is a TypeError, and counts all the same`, async () => {
      const gateway = new MockGateway({ ...options, corsOnErrors: false });
      await assert.rejects(gateway.fetch(URL), new TypeError("Failed to fetch"));
      const { admitted, throttled, forbidden, unauthorized } = gateway.stats;
      assert.deepEqual([admitted, throttled + forbidden + unauthorized], [0, 1]);
    });

  test("without it a request without CORS learns that there is an answer, and nothing of it", async () => {
    const gateway = new MockGateway({ plan: { rate: 0, burst: 0 }, corsOnErrors: false });
    const response = await gateway.fetch(URL, { method: "HEAD", mode: "no-cors" });
    assert.deepEqual([[...response.headers], await response.text()], [[], ""]);
    assert.equal(gateway.stats.throttled, 1);
  });

  test("without it the backend's answers, even its errors, are there", async () => {
    const backend = () => new Response(null, { status: 500 });
    assert.equal((await new MockGateway({ backend, corsOnErrors: false }).fetch(URL)).status, 500);
  });
});

describe("the backend", () => {
  test("says by default what it was asked for", async () => {
    const response = await new MockGateway().fetch(URL, { method: "POST", body: "five!" });
    assert.deepEqual([response.status, response.headers.get("content-type")], [200, "application/json"]);
    assert.deepEqual(await response.json(), { method: "POST", path: "/items", query: "a=1", bodyBytes: 5 });
  });

  test("is given the request as it was sent, and never one that was refused", async () => {
    const seen = [];
    const backend = async (request) => {
      seen.push([request.method, request.url, request.headers.get("x-a"), await request.text()]);
      return new Response("answer", { status: 201, statusText: "Made", headers: { "x-b": "2" } });
    };
    const gateway = new MockGateway({ plan: { rate: 1, burst: 1 }, backend });
    const request = new Request(URL, { method: "PUT", headers: { "x-a": "1" }, body: "body" });
    const response = await gateway.fetch(request);
    assert.deepEqual(seen, [["PUT", URL, "1", "body"]]);
    assert.deepEqual(
      [response.status, response.statusText, response.headers.get("x-b"), await response.text()],
      [201, "Made", "2", "answer"],
    );
    await gateway.fetch(URL);
    assert.equal(seen.length, 1);
  });

  test("may answer with what has no body, or with headers that cannot be changed", async () => {
    for (const [answer, status] of [
      [() => new Response(null, { status: 204 }), 204],
      [() => new Response(null, { status: 304 }), 304],
      [() => Response.redirect("https://api.example.com/other"), 302],
    ])
      assert.equal((await new MockGateway({ backend: answer }).fetch(URL)).status, status);
  });

  test("that throws is a test's mistake, and fetch rejects with it", async () => {
    const error = new Error("no such fixture");
    const backend = () => {
      throw error;
    };
    await assert.rejects(new MockGateway({ backend }).fetch(URL), (reason) => reason === error);
  });
});

describe("what fetch itself would refuse is refused in the same way, and never counts", () => {
  for (const [input, init] of [
    ["http://["],
    ["/relative"],
    [URL, { method: "GET", body: "x" }],
    [URL, { headers: { "a b": "c" } }],
  ])
    test(`${input} ${JSON.stringify(init) ?? ""}`, async () => {
      const gateway = new MockGateway();
      await assert.rejects(gateway.fetch(input, init), TypeError);
      assert.equal(gateway.stats.admitted, 0);
    });
});
