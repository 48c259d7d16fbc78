import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MockGateway } from "api-service-client/testing";

const URL = "https://api.example.com/items";
const plan = { rate: 0.001, burst: 1 };
const hasToken = (request) => request.headers.get("authorization") === "Bearer good";
const good = { headers: { authorization: "Bearer good" } };

async function statuses(gateway, ...inits) {
  const seen = [];
  for (const init of inits) seen.push((await gateway.fetch(URL, init)).status);
  return seen;
}

describe("the rate limit first, which is the default", () => {
  for (const order of [undefined, "rate-limit-first"])
    test(`what the authorizer refuses has taken a token (${order ?? "not given"})`, async () => {
      const gateway = new MockGateway({ plan, order, authorizer: hasToken });
      assert.deepEqual(await statuses(gateway, {}, good), [401, 429]);
      assert.deepEqual([gateway.stats.unauthorized, gateway.stats.throttled], [1, 1]);
    });

  test("a throttled request costs no authorization", async () => {
    let asked = 0;
    const authorizer = () => {
      asked += 1;
      return true;
    };
    const gateway = new MockGateway({ plan, authorizer });
    assert.deepEqual(await statuses(gateway, {}, {}), [200, 429]);
    assert.equal(asked, 1);
  });
});

describe("the authorizer first, as Amazon documents it", () => {
  const order = "authorizer-first";

  test("what it refuses takes no token", async () => {
    const gateway = new MockGateway({ plan, order, authorizer: hasToken });
    assert.deepEqual(await statuses(gateway, {}, {}, good, good), [401, 401, 200, 429]);
    assert.deepEqual(gateway.stats, {
      admitted: 1,
      throttled: 1,
      quotaExceeded: 0,
      unauthorized: 2,
      forbidden: 0,
    });
  });

  test("it is asked before the key is", async () => {
    const gateway = new MockGateway({ apiKeys: ["key"], order, authorizer: () => false });
    assert.deepEqual(await statuses(gateway, {}), [401]);
  });

  test("without an authorizer the limits are all there is", async () => {
    assert.deepEqual(await statuses(new MockGateway({ plan, order }), {}, {}), [200, 429]);
  });
});

describe("the authorizer", () => {
  test("may take its time", async () => {
    const gateway = new MockGateway({ authorizer: async (request) => hasToken(request) });
    assert.deepEqual(await statuses(gateway, {}, good), [401, 200]);
  });

  test("may read the body, which the backend still gets", async () => {
    const authorizer = async (request) => (await request.text()) === "secret";
    const gateway = new MockGateway({ authorizer, backend: async (request) => new Response(request.body) });
    const response = await gateway.fetch(URL, { method: "POST", body: "secret" });
    assert.equal(await response.text(), "secret");
  });
});
