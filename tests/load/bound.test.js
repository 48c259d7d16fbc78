import assert from "node:assert/strict";
import { test } from "node:test";
import { allowed, excess } from "./bound.js";

const plan = { rate: 10, burst: 3, tolerance: 0 };

test("a burst and what comes in afterwards is allowed", () => {
  assert.equal(allowed(plan, 500), 8);
  assert.ok(excess([0, 0, 0, 100, 200, 300], plan) <= 0);
});

test("one more than the burst is one too many", () => {
  assert.equal(excess([0, 0, 0, 0], plan), 1);
});

test("what is too much in the middle is not made up for by quiet before or after it", () => {
  const quiet = [0, 60_000, 120_000];
  assert.ok(excess(quiet, plan) <= 0);
  assert.equal(excess([0, 60_000, 60_000, 60_000, 60_000, 120_000], plan), 1);
});

test("the tolerance is a share of what is allowed", () => {
  const times = Array.from({ length: 101 }, () => 0);
  assert.ok(excess(times, { rate: 1, burst: 100, tolerance: 0.01 }) <= 0);
  assert.ok(excess([...times, 0], { rate: 1, burst: 100, tolerance: 0.01 }) > 0);
});

test("nothing admitted is nothing too many", () => {
  assert.ok(excess([], plan) <= 0);
});
