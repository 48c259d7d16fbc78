import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MockGateway } from "api-service-client/testing";
import { virtualTime } from "../gateway.js";

const time = virtualTime();
const URL = "https://api.example.com/items";

/** The statuses of `count` requests, one after the other. */
async function statuses(gateway, count, init) {
  const seen = [];
  for (let i = 0; i < count; i++) seen.push((await gateway.fetch(URL, init)).status);
  return seen;
}

const from = (address) => ({ headers: { "x-forwarded-for": address } });
const withKey = (key) => ({ headers: { "x-api-key": key } });

describe("the bucket of a plan", () => {
  test("holds the burst, and refills at the rate", async () => {
    const gateway = new MockGateway({ plan: { rate: 2, burst: 3 } });
    assert.deepEqual(await statuses(gateway, 5), [200, 200, 200, 429, 429]);
    await time.pass(499);
    assert.deepEqual(await statuses(gateway, 1), [429]);
    await time.pass(1);
    assert.deepEqual(await statuses(gateway, 2), [200, 429]);
    await time.pass(60_000);
    assert.deepEqual(await statuses(gateway, 4), [200, 200, 200, 429]);
  });

  test("is one of 200, at 100 a minute, unless told otherwise", async () => {
    const gateway = new MockGateway();
    await statuses(gateway, 201);
    assert.deepEqual([gateway.stats.admitted, gateway.stats.throttled], [200, 1]);
    await time.pass(600);
    assert.deepEqual(await statuses(gateway, 2), [200, 429]);
  });

  for (const plan of [
    { rate: 0, burst: 10 },
    { rate: 10, burst: 0 },
  ])
    test(`lets nothing pass with a rate of ${plan.rate} and a burst of ${plan.burst}`, async () => {
      assert.deepEqual(await statuses(new MockGateway({ plan }), 2), [429, 429]);
    });
});

describe("who has a bucket", () => {
  const plan = { rate: 1, burst: 1 };

  test("everyone together, without keys and addresses", async () => {
    assert.deepEqual(await statuses(new MockGateway({ plan }), 2), [200, 429]);
  });

  test("each address that x-forwarded-for begins with", async () => {
    const gateway = new MockGateway({ plan });
    assert.deepEqual(await statuses(gateway, 2, from("192.0.2.1")), [200, 429]);
    assert.deepEqual(await statuses(gateway, 1, from(" 192.0.2.1 , 198.51.100.7")), [429]);
    assert.deepEqual(await statuses(gateway, 1, from("192.0.2.2, 192.0.2.1")), [200]);
    assert.deepEqual(await statuses(gateway, 2, from("2001:db8::1")), [200, 429]);
    assert.deepEqual(await statuses(gateway, 1, from("::ffff:192.0.2.1")), [429]);
  });

  test("what is no address is as good as none", async () => {
    const gateway = new MockGateway({ plan });
    assert.deepEqual(await statuses(gateway, 1, from("nobody")), [200]);
    assert.deepEqual(await statuses(gateway, 1), [429]);
  });

  test("each key, whatever the address", async () => {
    const gateway = new MockGateway({ plan, apiKeys: ["one", "two"] });
    assert.deepEqual(await statuses(gateway, 2, withKey("one")), [200, 429]);
    assert.deepEqual(await statuses(gateway, 2, withKey("two")), [200, 429]);
    const elsewhere = { headers: { "x-api-key": "one", "x-forwarded-for": "192.0.2.9" } };
    assert.deepEqual(await statuses(gateway, 1, elsewhere), [429]);
  });

  test("with keys nobody passes without one, and nobody pays for that", async () => {
    const gateway = new MockGateway({ plan, apiKeys: ["one"] });
    for (const init of [undefined, withKey(""), withKey("three")])
      assert.deepEqual(await statuses(gateway, 1, init), [403]);
    assert.deepEqual(await statuses(gateway, 1, withKey("one")), [200]);
    assert.equal(gateway.stats.forbidden, 3);
  });
});

describe("a quota", () => {
  const plan = (period) => ({ rate: 100, burst: 100, quota: { limit: 2, period } });
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;

  // The tests begin on Tuesday, 24 November 2026, at noon.
  for (const [period, ms] of [
    ["DAY", 12 * HOUR],
    ["WEEK", 4 * DAY + 12 * HOUR],
    ["MONTH", 6 * DAY + 12 * HOUR],
  ])
    test(`of a ${period} is there again when the next begins`, async () => {
      const gateway = new MockGateway({ plan: plan(period) });
      assert.deepEqual(await statuses(gateway, 3), [200, 200, 429]);
      await time.pass(ms - 1);
      assert.deepEqual(await statuses(gateway, 1), [429]);
      await time.pass(1);
      assert.deepEqual(await statuses(gateway, 3), [200, 200, 429]);
      assert.deepEqual([gateway.stats.admitted, gateway.stats.quotaExceeded], [4, 3]);
    });

  test("is each client's own", async () => {
    const gateway = new MockGateway({ plan: plan("DAY") });
    assert.deepEqual(await statuses(gateway, 3, from("192.0.2.1")), [200, 200, 429]);
    assert.deepEqual(await statuses(gateway, 1, from("192.0.2.2")), [200]);
  });

  test("counts nothing that was throttled", async () => {
    const gateway = new MockGateway({
      plan: { rate: 1, burst: 1, quota: { limit: 2, period: "DAY" } },
    });
    assert.deepEqual(await statuses(gateway, 3), [200, 429, 429]);
    await time.pass(1_000);
    assert.deepEqual(await statuses(gateway, 1), [200]);
    await time.pass(1_000);
    assert.deepEqual(await statuses(gateway, 1), [429]);
    assert.deepEqual(gateway.stats.quotaExceeded, 1);
  });
});

describe("time is Date.now(), whatever a test does to it", () => {
  test("a clock that is set back gives no token, and goes on from there", async () => {
    const gateway = new MockGateway({ plan: { rate: 1, burst: 1 } });
    await statuses(gateway, 1);
    time.setWallClockBy(-86_400_000);
    assert.deepEqual(await statuses(gateway, 1), [429]);
    await time.pass(1_000);
    assert.deepEqual(await statuses(gateway, 1), [200]);
  });

  test("it begins with the first request: the date may be set after the gateway was made", async () => {
    const gateway = new MockGateway({ plan: { rate: 100, burst: 100, quota: { limit: 1, period: "DAY" } } });
    // One minute before midnight, three years earlier.
    time.setWallClockBy(Date.UTC(2023, 0, 1, 23, 59) - Date.now());
    assert.deepEqual(await statuses(gateway, 2), [200, 429]);
    await time.pass(60_000);
    assert.deepEqual(await statuses(gateway, 1), [200]);
  });
});

test("reset() fills the buckets, gives the quotas back, and counts from zero", async () => {
  const gateway = new MockGateway({ plan: { rate: 1, burst: 2, quota: { limit: 1, period: "DAY" } } });
  assert.deepEqual(await statuses(gateway, 3), [200, 429, 429]);
  const before = gateway.stats;
  gateway.reset();
  assert.deepEqual(gateway.stats, {
    admitted: 0,
    throttled: 0,
    quotaExceeded: 0,
    unauthorized: 0,
    forbidden: 0,
  });
  assert.deepEqual(await statuses(gateway, 3), [200, 429, 429]);
  assert.deepEqual(gateway.stats, before);
});

test("stats are a snapshot: they do not change any more", async () => {
  const gateway = new MockGateway();
  const { stats } = gateway;
  await gateway.fetch(URL);
  assert.equal(stats.admitted, 0);
});
