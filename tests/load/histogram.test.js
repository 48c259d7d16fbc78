import assert from "node:assert/strict";
import { test } from "node:test";
import { atMost } from "./histogram.js";

const METRICS = `# TYPE answer_seconds histogram
answer_seconds_sum 1.5
answer_seconds_count 200
answer_seconds_bucket{le="0.001"} 197
answer_seconds_bucket{le="0.002"} 198
answer_seconds_bucket{le="0.004"} 199
answer_seconds_bucket{le="+Inf"} 200
other_answer_seconds_bucket{le="9.0"} 1
`;

test("a share ends in the first bucket that has it", () => {
  assert.equal(atMost(METRICS, "answer_seconds", 0.5), 0.001);
  assert.equal(atMost(METRICS, "answer_seconds", 0.99), 0.002);
  assert.equal(atMost(METRICS, "answer_seconds", 0.995), 0.004);
  assert.equal(atMost(METRICS, "answer_seconds", 1), Number.POSITIVE_INFINITY);
});

test("of what was never observed there is no share", () => {
  assert.ok(Number.isNaN(atMost(METRICS, "decision_seconds", 0.99)));
  assert.ok(Number.isNaN(atMost('a_bucket{le="1"} 0\n', "a", 0.99)));
});
