/**
 * The pauses that the gateway asked for: each from its first 429 to the end of the last Retry-After of its refusals.
 *
 * @param {{ ms: number, status: number }[]} log
 * @param {number} retryAfterMs
 */
export function pausesAskedFor(log, retryAfterMs) {
  const pauses = [];
  for (const { ms, status } of log) {
    if (status !== 429) continue;
    const current = pauses.at(-1);
    if (current !== undefined && ms < current.until) current.until = ms + retryAfterMs;
    else pauses.push({ from: ms, until: ms + retryAfterMs });
  }
  return pauses;
}

/** What reached the gateway between two moments. */
export function arrivalsBetween(log, from, until) {
  return log.filter(({ ms }) => ms > from && ms < until);
}

/**
 * What reached the gateway although it had asked to be left alone. What was on its way when it refused the first is
 * none of that: it arrives in the first half of the time at the latest.
 */
export function arrivalsInSpite(log, retryAfterMs) {
  return log
    .filter(({ status }) => status === 429)
    .flatMap(({ ms }) => arrivalsBetween(log, ms + retryAfterMs / 2, ms + retryAfterMs));
}
