const COLUMNS = [
  ["", ({ name }) => name],
  // Rounded down: a client that lost one call of thousands has not served all.
  ["done", ({ done }) => `${done === 1 ? 100 : (Math.floor(1_000 * done) / 10).toFixed(1)} %`],
  ["429s", ({ rejections }) => rejections.toLocaleString("en")],
  // A client that loses calls has no ratio: giving up is not fast.
  ["ratio", ({ done, ratio }) => (done < 1 ? "–" : ratio.toFixed(3))],
  ["wait p99", ({ done, waitP99 }) => (done < 1 ? "–" : `${waitP99.toFixed(1)} s`)],
  ["peak/s", ({ peak }) => peak.toLocaleString("en")],
  ["", ({ stopped }) => (stopped ? `stopped ${stopped}` : "")],
];

export const LEGEND = `\
Medians over the seeds.
done      calls that ended with the backend's answer; the others were given up
429s      sends that were answered with a 429
ratio     time until the last call ended / the minimum for a client that knows the limit
wait p99  from a call to its end, the 99th percentile
peak/s    the most sends in any second after the first 429`;

/** A table in Markdown. */
export function table(rows) {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, of]) => of(row)))];
  const widths = COLUMNS.map((_, column) => Math.max(3, ...cells.map((line) => line[column].length)));
  const isText = (column) => column === 0 || column === COLUMNS.length - 1;
  const line = (texts) =>
    `| ${texts.map((text, column) => (isText(column) ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    isText(column) ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const [titles, ...body] = cells;
  return [titles, rule, ...body].map(line).join("\n");
}
