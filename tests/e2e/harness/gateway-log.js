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
