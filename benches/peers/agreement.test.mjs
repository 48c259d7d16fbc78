// The package in JavaScript's virtual time, compared with the same decisions in the native simulation.
//
// The two share no clock, network or gateway code. Figures that agree confirm both.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { oneInFlight, told, untold } from "./contenders/api-service-client.mjs";
import { medians } from "./measures.mjs";
import { runAll } from "./pool.mjs";
import { simulate } from "./simulation.mjs";

const SEEDS = 20;
// The loss of messages affects the figures more than any other random choice.
const SEEDS_OF_LOSSY = 60;
const COMPARED = [
  ...["A", "B", "C", "D", "D lossy", "D open", "F", "G", "L"].map((scenario) => ({
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
    const seedsOf = (name) => (name.includes("lossy") ? SEEDS_OF_LOSSY : SEEDS);
    const jobs = COMPARED.flatMap(({ native: name, scenario, contender }) =>
      Array.from({ length: seedsOf(name) }, (_, index) => ({ name, scenario, contender, seed: index + 1 })),
    );
    const names = COMPARED.map((compared) => compared.native);
    const simulations = [SEEDS, SEEDS_OF_LOSSY].map((seeds) =>
      simulate(
        names.filter((name) => seedsOf(name) === seeds),
        seeds,
      ),
    );
    const [outcomes, ...simulated] = await Promise.all([runAll(jobs), ...simulations]);
    native = Object.assign({}, ...simulated);
    const outcomesOf = (name) => outcomes.filter((_, index) => jobs[index].name === name);
    ours = new Map(names.map((name) => [name, medians(outcomesOf(name))]));
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

    test(`${name}: the last of the tabs after the first, within a hundredth`, () => {
      const [expected, actual] = [native[name].lastOverFirst, ours.get(name).lastOverFirst];
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
