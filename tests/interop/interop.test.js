// The built package against a gateway that it does not know, deployed or imitated from the infrastructure
// template.
//
// The expectations are the same for each gateway, so that no imitation can favour the client.
import assert from "node:assert/strict";
import { after, afterEach, describe, test } from "node:test";
import { ApiServiceClient, QuotaExceededError } from "api-service-client";
import { gateways } from "./targets/index.js";

const RESOURCE = "/api/v1/resource";
const source = gateways();
const clients = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
after(() => source.stop());

/** Starts a target with this plan and a client of it, and records every send with its answer. */
async function meet(plan, options) {
  const target = await source.serve(plan);
  const [{ url, headers }] = target.keys;
  const sends = [];
  const client = new ApiServiceClient({
    baseUrl: url,
    headers,
    fetch: async (input, init) => {
      const send = { at: performance.now() };
      sends.push(send);
      const response = await fetch(input, init);
      send.answeredAt = performance.now();
      send.status = response.status;
      send.retryAfter = response.headers.get("retry-after");
      return response;
    },
    ...options,
  });
  clients.push(client);
  const call = (init) => client.fetch(`${url}${RESOURCE}`, init);
  return { target, client, sends, call };
}

const count = (sends, status) => sends.filter((send) => send.status === status).length;

describe(`against ${source.name}`, () => {
  test("every call above the limit is answered in the end, and reaches the backend once", async () => {
    const { target, client, sends, call } = await meet({ rate: 10, burst: 5 });
    let pauses = 0;
    client.addEventListener("throttled", () => pauses++);
    const answers = await Promise.all(Array.from({ length: 20 }, () => call()));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(await target.seen(), 20);
    assert.equal(count(sends, 200), 20);
    assert.ok(count(sends, 429) > 0, "the limit was never met");
    assert.ok(pauses > 0, "no listener learned of a pause");
  });

  test("from a refusal to the end of its Retry-After nothing is sent", async () => {
    const { sends, call } = await meet({ rate: 10, burst: 5 });
    await Promise.all(Array.from({ length: 20 }, () => call()));
    const refusals = sends.filter(({ status }) => status === 429);
    assert.ok(refusals.length > 0, "the limit was never met");
    for (const { answeredAt, retryAfter } of refusals) {
      assert.equal(retryAfter, "1");
      const inSpite = sends.filter(({ at }) => at > answeredAt && at < answeredAt + 1_000);
      assert.deepEqual(inSpite, []);
    }
  });

  test("a client that is told the plan is never refused", async () => {
    const plan = { rate: 20, burst: 20 };
    const { target, sends, call } = await meet(plan, { plan });
    await Promise.all(Array.from({ length: 40 }, () => call()));
    assert.equal(count(sends, 200), 40);
    assert.equal(sends.length, 40);
    assert.equal(await target.seen(), 40);
  });

  test("what changes something is sent again too, since what was throttled never arrived", async () => {
    const { target, sends, call } = await meet({ rate: 5, burst: 1 });
    const post = () => call({ method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    const answers = await Promise.all([post(), post(), post()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.equal(await target.seen(), 3);
    assert.ok(count(sends, 429) > 0, "the limit was never met");
  });

  test("a quota that is used up is told apart from a throttle, and fails at once", async () => {
    const { target, client, sends, call } = await meet({ rate: 10, burst: 9, quota: 2 });
    assert.equal((await call()).status, 200);
    assert.equal((await call()).status, 200);
    const refused = await call();
    assert.equal(refused.status, 429);
    assert.equal((await refused.json()).message, "Limit Exceeded");
    assert.equal(client.state.status, "quota-exceeded");
    await assert.rejects(call(), QuotaExceededError);
    assert.equal(sends.length, 3);
    assert.equal(await target.seen(), 2);
  });

  test("what is no limit is the caller's, and pauses nothing", async () => {
    const { target, client, call } = await meet({ rate: 10, burst: 5 });
    const without = (name) => call({ headers: { [name]: "" } });
    assert.equal((await without("x-api-key")).status, 403);
    assert.equal((await without("authorization")).status, 401);
    assert.equal(client.state.status, "open");
    assert.equal((await call()).status, 200);
    assert.equal(await target.seen(), 1);
  });
});
