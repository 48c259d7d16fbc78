import { readFileSync } from "node:fs";
import { max } from "d3-array";
import {
  admittedOverTime,
  latencyOfRefusals,
  refusalsASecond,
  refusalsByTime,
  refusedOverTime,
} from "./plots.js";
import { figures, latencies, QUANTILES, verdict } from "./summary.js";

const STYLE = readFileSync(new URL("./style.css", import.meta.url), "utf8");

/** The browser's connections, which limit its latencies. */
const CONNECTIONS =
  " A browser opens at most six connections to a host, so latencies include the wait for a connection.";

/** The report as a single, self-contained file. */
export function page({ name, place, options, groups, flood }, claims) {
  const ms = max(groups, (group) => group.ms);
  const axes = {
    options,
    ms,
    most: max(groups, ({ sends }) => sends.length - refused(sends)),
    refusals: max(
      groups.flatMap(({ sends }) => refusalsByTime(sends, ms)),
      ({ value }) => value,
    ),
  };
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Load on ${inText(name)}</title>
<style>
${STYLE}</style>
<main>
<h1>Load on ${inText(name)}</h1>
<p>${rate(options.rate)} and a burst of ${options.burst} for each key. ${groups.length} groups of ${options.workers} clients
with ${options.requests} requests each, all at once, in ${inText(place)}.${options.browser ? CONNECTIONS : ""}</p>
<ul class="claims">
${claims.map(claimed).join("\n")}
</ul>
<h2>Side by side</h2>
<div class="columns">
${groups.map((group) => columnOf(group, axes)).join("\n")}
</div>
${flood ? floodOf(flood, options) : ""}
</main>
</html>
`;
}

const refused = (sends) => sends.filter(({ status }) => status === 429).length;
const rate = (perSecond) => `${+perSecond.toFixed(4)} requests a second`;
const whole = (value) => value.toLocaleString("en");
const milliseconds = (value) => (Number.isNaN(value) ? "–" : `${value.toFixed(2)} ms`);

function claimed({ claim, holds, found, isExact }) {
  const kind = holds ? "good" : isExact ? "wrong" : "missed";
  return `<li class="${kind}"><strong>${verdict(holds, isExact).trim()}</strong> ${inText(claim)} <small>${inText(found)}</small></li>`;
}

function columnOf(group, axes) {
  const { sent, admitted, throttled, answered, lost, seconds, latencies } = figures(group);
  return `<section>
<h3>${inText(group.title)}</h3>
<p>${inText(group.what)}</p>
${numbers([
  ["answered", whole(answered)],
  ["lost", whole(lost)],
  ["sent", whole(sent)],
  ["admitted", whole(admitted)],
  ["refused", whole(throttled)],
  ["took", `${seconds.toFixed(1)} s`],
  ["429, p99", milliseconds(latencies[2])],
])}
<figure>${admittedOverTime(group, axes)}<figcaption>Admitted, and what the limit allows (dashed)</figcaption></figure>
<figure>${refusedOverTime(group, axes)}<figcaption>Refused</figcaption></figure>
</section>`;
}

function floodOf({ statuses, refusals, ms }, { floodRate, floodSeconds }) {
  const took = latencies(refusals.map(({ took }) => took));
  return `<h2>The flood</h2>
<p>${whole(floodRate)} calls a second for ${floodSeconds} seconds, whatever is answered, from another process.</p>
${numbers([
  ["admitted", whole(statuses[200] ?? 0)],
  ["refused", whole(refusals.length)],
  ...QUANTILES.map((q, index) => [`429, p${+(q * 100).toFixed(1)}`, milliseconds(took[index])]),
])}
<div class="columns">
<figure>${refusals.length > 0 ? latencyOfRefusals(refusals) : ""}<figcaption>How long a refusal took, by percentile</figcaption></figure>
<figure>${refusalsASecond(refusals, ms)}<figcaption>Refusals a second</figcaption></figure>
</div>`;
}

const numbers = (pairs) =>
  `<dl>${pairs.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`;

const inText = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
