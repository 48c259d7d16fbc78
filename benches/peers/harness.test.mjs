// The parts of the comparison: time, randomness, the gateway, and the measurement and end of a run.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CONTENDERS } from "./contenders/index.mjs";
import { minimum } from "./minimum.mjs";
import { Random } from "./random.mjs";
import { run } from "./run.mjs";
import { SCENARIOS } from "./scenarios.mjs";
import { perSecond, TokenBucket } from "./token-bucket.mjs";
import { VirtualClock } from "./virtual-clock.mjs";

const SECOND = 1_000_000;
const scenario = (name) => SCENARIOS.find((one) => one.name === name);

async function inVirtualTime(clock, body) {
  const restore = clock.install();
  try {
    body();
    await clock.run(() => false);
  } finally {
    restore();
  }
}

describe("virtual time", () => {
  test("timers fire in the order of their times, and promises go on in between", async () => {
    const clock = new VirtualClock();
    const seen = [];
    await inVirtualTime(clock, () => {
      setTimeout(() => seen.push("later"), 20);
      setTimeout(() => Promise.resolve().then(() => seen.push("promise")), 10);
      setTimeout(() => seen.push("sooner"), 10);
      clearTimeout(setTimeout(() => seen.push("cancelled"), 5));
    });
    assert.deepEqual(seen, ["promise", "sooner", "later"]);
    assert.equal(clock.now, 20_000);
  });

  test("a timer cancelled by another one of the same moment does not fire", async () => {
    const seen = [];
    await inVirtualTime(new VirtualClock(), () => {
      setTimeout(() => clearTimeout(second), 10);
      const second = setTimeout(() => seen.push("cancelled"), 10);
    });
    assert.deepEqual(seen, []);
  });

  test("all clocks show it, an interval repeats in it, and afterwards all is as before", async () => {
    const platform = [globalThis.setTimeout, globalThis.Date, performance.now];
    const began = performance.now();
    const shown = [];
    await inVirtualTime(new VirtualClock(), () => {
      const start = Date.now();
      const interval = setInterval(() => {
        shown.push([performance.now(), Date.now() - start, Date.parse(new Date().toISOString()) - start]);
        if (shown.length === 2) clearInterval(interval);
      }, 3_600_000);
    });
    assert.deepEqual(shown, [
      [3_600_000, 3_600_000, 3_600_000],
      [7_200_000, 7_200_000, 7_200_000],
    ]);
    assert.deepEqual([globalThis.setTimeout, globalThis.Date, performance.now], platform);
    assert.ok(performance.now() >= began);
  });

  test("a delay that does not fit into 31 bits is a millisecond, as on every platform", async () => {
    const clock = new VirtualClock();
    await inVirtualTime(clock, () => setTimeout(() => {}, 2 ** 31));
    assert.equal(clock.now, 1_000);
  });
});

describe("chance", () => {
  const draw = (random) => Array.from({ length: 10_000 }, () => random.float());

  test("the same seed and stream draw the same, any other another", () => {
    const first = draw(new Random(1, 1));
    assert.deepEqual(draw(new Random(1, 1)), first);
    assert.notDeepEqual(draw(new Random(1, 2)), first);
    assert.notDeepEqual(draw(new Random(2, 1)), first);
  });

  test("what is drawn lies evenly in [0, 1)", () => {
    const drawn = draw(new Random(1, 1));
    assert.ok(drawn.every((number) => number >= 0 && number < 1));
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => drawn.filter((n) => Math.floor(n * 10) === tenth).length,
    );
    // Five standard deviations of 10,000 draws, with a tenth of them in each bin.
    assert.ok(
      tenths.every((count) => Math.abs(count - 1_000) < 150),
      String(tenths),
    );
  });
});

describe("the gateway", () => {
  test("admits a burst, then one for each interval", () => {
    const bucket = new TokenBucket({ perHour: perSecond(10), burst: 3 });
    assert.deepEqual(
      [0, 0, 0, 0].map((now) => bucket.admits(now)),
      [true, true, true, false],
    );
    assert.equal(bucket.earliest(0), 100_000);
    assert.deepEqual(
      [99_999, 100_000, 100_001].map((now) => bucket.admits(now)),
      [false, true, false],
    );
  });

  test("follows a change of its plan, and foretells what lies beyond it", () => {
    const slow = { perHour: perSecond(1), burst: 1 };
    const bucket = new TokenBucket(slow, [{ at: 500_000, plan: { perHour: perSecond(10), burst: 1 } }]);
    assert.equal(bucket.admits(0), true);
    // Half a request has refilled by then. The other half takes 50 ms.
    assert.equal(bucket.earliest(0), 550_000);
    assert.equal(bucket.admits(550_000), true);
  });
});

test("the minimum of N calls at once is (N - burst) / rate and the shortest round trip", () => {
  const { drained } = minimum(scenario("C"), new Array(300).fill(0));
  assert.equal(drained, (280 / 10) * SECOND + 20_000);
});

describe("a run", () => {
  const unlimited = { ...scenario("C"), plan: { perHour: perSecond(1_000_000), burst: 1_000_000 } };

  for (const contender of CONTENDERS) {
    test(`${contender.name}: where there is no limit, every call is served, and none rejected`, async () => {
      const { done, rejections, peak } = await run(unlimited, contender, 1);
      assert.deepEqual({ done, rejections, peak }, { done: 1, rejections: 0, peak: 0 });
    });

    test(`${contender.name}: the same seed gives the same outcome`, async () => {
      assert.deepEqual(await run(scenario("C"), contender, 7), await run(scenario("C"), contender, 7));
    });
  }

  test("whoever goes on for ever is stopped, and what it has not done counts as not done", async () => {
    const stubborn = {
      name: "sends again at once",
      create: ({ fetch }) => ({
        async call() {
          while (!(await fetch()).ok);
        },
      }),
    };
    const { done, stopped } = await run(scenario("B"), stubborn, 1);
    assert.ok(done < 1);
    assert.match(stopped, /^after 50\d{3} sends$/);
  });

  test("a call that never ends is stopped after a day", async () => {
    const idle = {
      name: "waits",
      create: () => ({ call: () => new Promise(() => setInterval(() => {}, 3_600_000)) }),
    };
    const { done, stopped } = await run(scenario("C"), idle, 1);
    assert.deepEqual({ done, stopped }, { done: 0, stopped: "after a day" });
  });
});
