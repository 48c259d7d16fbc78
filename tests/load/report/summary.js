import { quantile } from "d3-array";

export const QUANTILES = [0.5, 0.9, 0.99, 0.999];

/** The figures of a group or of the flood: calls sent, and their results. */
export function figures({ sends, answered, lost, ms }) {
  const refusals = sends.filter(({ status }) => status === 429).map(({ at, answeredAt }) => answeredAt - at);
  return {
    sent: sends.length,
    admitted: sends.filter(({ status }) => status === 200).length,
    throttled: refusals.length,
    answered,
    lost,
    seconds: ms / 1_000,
    latencies: latencies(refusals),
  };
}

/** Quantiles of the duration of refusals, in milliseconds. */
export const latencies = (took) => QUANTILES.map((q) => quantile(took, q) ?? Number.NaN);

/** The summary for a terminal. */
export function summary({ name, place, options, groups, flood }, claims) {
  const rows = groups.map((group) => {
    const { sent, admitted, throttled, answered, lost, seconds, latencies } = figures(group);
    return [group.title, answered, lost, sent, admitted, throttled, seconds.toFixed(1), ...latencies.map(ms)];
  });
  if (flood) {
    const took = latencies(flood.refusals.map(({ took }) => took)).map(ms);
    const [admitted, throttled] = [flood.statuses[200] ?? 0, flood.refusals.length];
    rows.push([
      "Flood",
      "",
      "",
      admitted + throttled,
      admitted,
      throttled,
      (flood.ms / 1_000).toFixed(1),
      ...took,
    ]);
  }
  const head = [
    "",
    "answered",
    "lost",
    "sent",
    "admitted",
    "throttled",
    "seconds",
    "429 p50",
    "p90",
    "p99",
    "p99.9 ms",
  ];
  return [
    `${name}: ${options.rate.toFixed(4).replace(/\.?0+$/, "")} a second, burst ${options.burst}; clients in ${place}`,
    "",
    table([head, ...rows]),
    "",
    ...claims.map(({ claim, holds, found, isExact }) => `${verdict(holds, isExact)}  ${claim} (${found})`),
  ].join("\n");
}

/** The verdict of a claim. An inexact claim is reported without failing the run. */
export function verdict(holds, isExact) {
  if (holds) return isExact ? "ok     " : "met    ";
  return isExact ? "WRONG  " : "not met";
}

const ms = (value) => (Number.isNaN(value) ? "–" : value.toFixed(2));

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const cell = (value, column) =>
    column === 0 ? String(value).padEnd(widths[0]) : String(value).padStart(widths[column]);
  return rows.map((row) => row.map(cell).join("  ")).join("\n");
}
