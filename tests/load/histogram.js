/**
 * An upper bound in seconds for this share of all observations: the bound of the bucket that contains the
 * quantile.
 *
 * @param {string} metrics in the text format of Prometheus
 * @param {string} name of a histogram without labels
 */
export function atMost(metrics, name, share) {
  const lines = metrics.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)`, "gm"));
  const buckets = Array.from(lines, ([, bound, count]) => ({
    bound: bound === "+Inf" ? Number.POSITIVE_INFINITY : Number(bound),
    count: Number(count),
  }));
  const all = buckets.at(-1)?.count ?? 0;
  return buckets.find(({ count }) => all > 0 && count >= share * all)?.bound ?? Number.NaN;
}
