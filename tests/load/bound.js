/**
 * What a token bucket allows in so many milliseconds.
 *
 * @param {{ rate: number, burst: number }} plan
 */
export const allowed = ({ rate, burst }, ms) => burst + (rate * ms) / 1_000;

/**
 * By how much more than a token bucket allows was admitted, in the worst of all stretches of time: none is as good as
 * zero or less. The plan and the counts may be off by a share of `tolerance`.
 *
 * @param {number[]} times of what was admitted, in milliseconds, in order
 * @param {{ rate: number, burst: number, tolerance: number }} plan
 */
export function excess(times, { rate, burst, tolerance }) {
  // From the i-th to the j-th: j - i + 1 admitted, against burst + rate (t_j - t_i). Both sides split into a part of i and one of j.
  const lenient = 1 + tolerance;
  const refilled = (at) => (lenient * rate * at) / 1_000;
  let least = Number.POSITIVE_INFINITY;
  let worst = Number.NEGATIVE_INFINITY;
  times.forEach((at, index) => {
    least = Math.min(least, index - refilled(at));
    worst = Math.max(worst, index + 1 - refilled(at) - least);
  });
  return worst - lenient * burst;
}
