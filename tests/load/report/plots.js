import { bin, max, quantileSorted } from "d3-array";
import { scaleLinear, scaleLog } from "d3-scale";
import { allowed } from "../bound.js";
import { LATENCY } from "../claims.js";
import { bars, chart, curve, note, RANGE } from "./chart.js";

/** The requests admitted so far, beside the limit. All groups share the axes. */
export function admittedOverTime({ title, sends }, { options, ms, most }) {
  const x = scaleLinear([0, ms / 1_000], RANGE.x);
  const y = scaleLinear([0, Math.max(most, allowed(options, ms))], RANGE.y).nice();
  const admitted = sends.filter(({ status }) => status === 200).map(({ answeredAt }) => answeredAt / 1_000);
  admitted.sort((one, other) => one - other);
  const points = admitted.map((at, index) => [at, index + 1]);
  const limit = [
    [0, allowed(options, 0)],
    [ms / 1_000, allowed(options, ms)],
  ];
  return chart({
    label: `${title}: admitted over time, beside the limit`,
    x: { scale: x, title: "seconds" },
    y: { scale: y, title: "admitted so far" },
    marks: [curve("limit", limit, x, y), curve("admitted", [[0, 0], ...points], x, y)],
  });
}

/** The number of refusals in each interval. */
export function refusedOverTime({ title, sends }, { ms, refusals }) {
  const x = scaleLinear([0, ms / 1_000], RANGE.x);
  const y = scaleLinear([0, Math.max(1, refusals)], RANGE.y).nice();
  return chart({
    label: `${title}: refusals over time`,
    x: { scale: x, title: "seconds" },
    y: { scale: y, title: "refusals in each half second" },
    marks: [bars("refused", refusalsByTime(sends, ms), x, y)],
  });
}

const STEP = 0.5;

/** The number of refusals in each half second. */
export function refusalsByTime(sends, ms) {
  const seconds = sends.filter(({ status }) => status === 429).map(({ answeredAt }) => answeredAt / 1_000);
  const steps = Math.max(1, Math.ceil(ms / 1_000 / STEP));
  const edges = Array.from({ length: steps }, (_, step) => step * STEP);
  const parts = bin()
    .domain([0, steps * STEP])
    .thresholds(edges)(seconds);
  return parts.map((part) => ({ from: part.x0, to: part.x1, value: part.length }));
}

const SHARES = [0.5, 0.9, 0.99, 0.999, 0.9999];

/** The duration of refusals, from the median to the slowest in 10,000. */
export function latencyOfRefusals(refusals) {
  const took = refusals.map(({ took }) => took).sort((one, other) => one - other);
  // By the fraction of slower refusals: 1 in 2, 1 in 10, 1 in 100.
  const x = scaleLog([2, 10_000], RANGE.x);
  const rarities = Array.from({ length: 120 }, (_, step) => 2 * 5_000 ** (step / 119));
  const points = rarities.map((rarity) => [rarity, Math.max(quantileSorted(took, 1 - 1 / rarity), 0.01)]);
  const slowest = max(points, ([, value]) => value);
  const y = scaleLog([Math.min(0.1, points[0][1]), Math.max(slowest, 2 * LATENCY.ms)], RANGE.y).nice();
  const target = [
    [2, LATENCY.ms],
    [10_000, LATENCY.ms],
  ];
  return chart({
    label: "Duration of refusals, by percentile",
    x: {
      scale: x,
      title: "percentile",
      ticks: SHARES.map((share) => 1 / (1 - share)),
      format: (rarity) => `p${+(100 - 100 / rarity).toFixed(2)}`,
    },
    y: { scale: y, title: "milliseconds", ticks: decades(y.domain()), format: String },
    marks: [
      curve("limit", target, x, y),
      note("limit", `${LATENCY.ms} ms`, RANGE.x[0] + 6, y(LATENCY.ms) - 6),
      curve("refusals", points, x, y),
      `<circle class="refusals" cx="${x(100)}" cy="${y(quantileSorted(took, 0.99))}" r="4"/>`,
    ],
  });
}

const decades = ([from, to]) =>
  [0.01, 0.1, 1, 10, 100, 1_000, 10_000].filter((tick) => tick >= from && tick <= to);

/** The number of refused calls a second. */
export function refusalsASecond(refusals, ms) {
  const x = scaleLinear([0, ms / 1_000], RANGE.x);
  const parts = bin().thresholds(Math.ceil(ms / 250))(refusals.map(({ at }) => at / 1_000));
  const rates = parts
    .filter(({ x0, x1 }) => x1 > x0)
    .map((part) => ({ from: part.x0, to: part.x1, value: part.length / (part.x1 - part.x0) }));
  const y = scaleLinear([0, Math.max(1, max(rates, ({ value }) => value) ?? 1)], RANGE.y).nice();
  return chart({
    label: "Refusals a second",
    x: { scale: x, title: "seconds" },
    y: { scale: y, title: "refusals a second" },
    marks: [bars("refused", rates, x, y)],
  });
}
