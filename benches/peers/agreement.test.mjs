// The package in JavaScript's virtual time, against the same decisions in the native simulation: two clocks, two
// networks, two gateways that share no code. Where their figures agree, both can be believed.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { oneInFlight, told, untold } from "./contenders/api-service-client.mjs";
import { medians } from "./measures.mjs";
import { runAll } from "./pool.mjs";
import { simulate } from "./simulation.mjs";

const SEEDS = 20;
const COMPARED = [
  ...["A", "B", "C", "F", "G", "L"].map((scenario) => ({
    native: scenario,
    scenario,
    contender: untold.name,
  })),
  ...["A", "C"].map((scenario) => ({ native: `${scenario}1`, scenario, contender: oneInFlight.name })),
  ...["A", "B", "C", "L"].map((scenario) => ({ native: `${scenario} plan`, scenario, contender: told.name })),
];

describe("the package and the simulation agree", () => {
  let native;
  let ours;

  before(async () => {
    const jobs = COMPARED.flatMap(({ scenario, contender }) =>
      Array.from({ length: SEEDS }, (_, index) => ({ scenario, contender, seed: index + 1 })),
    );
    const names = COMPARED.map((compared) => compared.native);
    const [simulated, outcomes] = await Promise.all([simulate(names, SEEDS), runAll(jobs)]);
    native = simulated;
    ours = new Map(
      names.map((name, index) => [name, medians(outcomes.slice(index * SEEDS, (index + 1) * SEEDS))]),
    );
  });

  for (const { native: name } of COMPARED) {
    test(`${name}: rejections, within 3 or a tenth`, () => {
      const [expected, actual] = [native[name].rejections, ours.get(name).rejections];
      assert.ok(Math.abs(actual - expected) <= Math.max(3, expected / 10), `${actual}, natively ${expected}`);
    });

    test(`${name}: the time to drain, within a hundredth`, () => {
      const [expected, actual] = [native[name].ratio, ours.get(name).ratio];
      assert.ok(Math.abs(actual / expected - 1) <= 0.01, `${actual}, natively ${expected}`);
    });

    test(`${name}: the minimum that both are measured against, exactly`, () => {
      assert.equal(ours.get(name).idealWaitP99, native[name].idealWaitP99);
    });

    test(`${name}: every call is served`, () => {
      assert.equal(ours.get(name).done, 1);
      assert.equal(native[name].lost, 0);
    });
  }
});
