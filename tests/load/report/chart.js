import { line } from "d3-shape";

const WIDTH = 420;
const HEIGHT = 280;
const MARGIN = { top: 12, right: 24, bottom: 40, left: 64 };

/** The ranges of a chart's axes in pixels. */
export const RANGE = {
  x: [MARGIN.left, WIDTH - MARGIN.right],
  y: [HEIGHT - MARGIN.bottom, MARGIN.top],
};

/**
 * A chart as SVG. Its colours come from the page around it.
 *
 * @param {object} it
 * @param {string} it.label the text alternative
 * @param {Axis} it.x
 * @param {Axis} it.y
 * @param {string[]} it.marks the contents, as SVG
 *
 * @typedef {{ scale: any, title: string, ticks?: number[], format?: (value: number) => string }} Axis
 */
export function chart({ label, x, y, marks }) {
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${horizontal(y)}
${vertical(x)}
${marks.join("\n")}
</svg>`;
}

/** A line through points of data. */
export function curve(className, points, x, y) {
  const path = line(
    ([at]) => round(x(at)),
    ([, value]) => round(y(value)),
  );
  return `<path class="${className}" d="${path(points)}"/>`;
}

/** Bars upwards from the axis, each from one value of x to the next. */
export function bars(className, values, x, y) {
  const [floor] = RANGE.y;
  const rectangle = ({ from, to, value }) => {
    const [left, right, top] = [x(from), x(to), y(value)];
    return `<rect x="${round(left)}" y="${round(top)}" width="${round(right - left - 1)}" height="${round(floor - top)}"/>`;
  };
  return `<g class="${className}">${values
    .filter(({ value }) => value > 0)
    .map(rectangle)
    .join("")}</g>`;
}

/** A text beside a point. */
export function note(className, text, left, top, anchor = "start") {
  return `<text class="${className}" x="${round(left)}" y="${round(top)}" text-anchor="${anchor}">${text}</text>`;
}

const ticksOf = ({ scale, ticks }) => ticks ?? scale.ticks(5);
const wording = ({ scale, format }) => format ?? scale.tickFormat(5);

function horizontal(axis) {
  const [left, right] = RANGE.x;
  const say = wording(axis);
  const grid = ticksOf(axis).map((tick) => {
    const top = round(axis.scale(tick));
    return `<line x1="${left}" x2="${right}" y1="${top}" y2="${top}"/>${note("", say(tick), left - 6, top + 4, "end")}`;
  });
  const middle = (RANGE.y[0] + RANGE.y[1]) / 2;
  const title = `<text transform="translate(11 ${middle}) rotate(-90)" text-anchor="middle">${axis.title}</text>`;
  return `<g class="axis">${grid.join("")}${title}</g>`;
}

function vertical(axis) {
  const [floor] = RANGE.y;
  const say = wording(axis);
  const words = ticksOf(axis).map((tick) => note("", say(tick), axis.scale(tick), floor + 17, "middle"));
  const middle = (RANGE.x[0] + RANGE.x[1]) / 2;
  return `<g class="axis">${words.join("")}${note("", axis.title, middle, floor + 34, "middle")}</g>`;
}

const round = (value) => Math.round(value * 10) / 10;
