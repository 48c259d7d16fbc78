/**
 * The pauses that the gateway asked for. Each lasts from its first 429 to the end of the last Retry-After.
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

/** The requests that reached the gateway between two moments. */
export function arrivalsBetween(log, from, until) {
  return log.filter(({ ms }) => ms > from && ms < until);
}

/**
 * The requests that reached the gateway during a requested pause. Requests in flight at the first refusal
 * arrive within the first half of the pause and are left out.
 */
export function arrivalsInSpite(log, retryAfterMs) {
  return log
    .filter(({ status }) => status === 429)
    .flatMap(({ ms }) => arrivalsBetween(log, ms + retryAfterMs / 2, ms + retryAfterMs));
}
