import { minimum } from "./minimum.mjs";

const SECOND = 1_000_000;

/** The smallest value that is at least as large as this fraction of all values; zero if there are none. */
export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

const median = (values) => percentile(values, 0.5);

/** The figures of a run. Times are in seconds. */
export function outcomeOf(scenario, log) {
  const best = minimum(scenario, log.calls);
  return {
    done: log.ends.filter(({ isServed }) => isServed).length / log.calls.length,
    rejections: log.rejections.length,
    ratio: log.ends.reduce((last, { at }) => Math.max(last, at), 0) / best.drained,
    waitP99: percentile(
      log.ends.map(({ at, called }) => (at - called) / SECOND),
      0.99,
    ),
    idealWaitP99: percentile(best.waits, 0.99) / SECOND,
    lastOverFirst: lastOverFirst(log),
    peak: peakAfterPause(log),
    stopped: log.stopped,
  };
}

/** The last tab's end ÷ the first tab's end. */
function lastOverFirst({ ends }) {
  const done = new Map();
  for (const { tab, at } of ends) done.set(tab, Math.max(at, done.get(tab) ?? 0));
  return done.size === 0 ? 1 : Math.max(...done.values()) / Math.min(...done.values());
}

/** The most requests sent in any second from the first rejection on. */
function peakAfterPause({ sends, rejections }) {
  const [first] = rejections;
  if (first === undefined) return 0;
  let [peak, from] = [0, 0];
  const later = sends.filter((at) => at >= first);
  later.forEach((at, index) => {
    while (at - later[from] >= SECOND) from += 1;
    peak = Math.max(peak, index - from + 1);
  });
  return peak;
}

/** The median of each figure over several runs. */
export function medians(outcomes) {
  const figures = ["done", "rejections", "ratio", "waitP99", "idealWaitP99", "lastOverFirst", "peak"];
  const entries = figures.map((figure) => [figure, median(outcomes.map((outcome) => outcome[figure]))]);
  return { ...Object.fromEntries(entries), stopped: outcomes.find(({ stopped }) => stopped)?.stopped };
}
