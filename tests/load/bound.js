/**
 * The number of requests that a token bucket admits within `ms` milliseconds.
 *
 * @param {{ rate: number, burst: number }} plan
 */
export const allowed = ({ rate, burst }, ms) => burst + (rate * ms) / 1_000;

/**
 * The greatest excess of admitted requests over the token bucket, over all intervals. Zero or less means
 * none.
 *
 * The plan and the counts may be off by a fraction of `tolerance`.
 *
 * @param {number[]} times of admitted requests, in milliseconds, in order
 * @param {{ rate: number, burst: number, tolerance: number }} plan
 */
export function excess(times, { rate, burst, tolerance }) {
  // From the i-th to the j-th request: j - i + 1 admitted, against burst + rate (t_j - t_i). Both sides split
  // into a part of i and a part of j.
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
