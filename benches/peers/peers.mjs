// Compares the behaviour of the libraries at a rate limit, in virtual time.

import { parseArgs } from "node:util";
import { CONTENDERS } from "./contenders/index.mjs";
import { medians } from "./measures.mjs";
import { runAll } from "./pool.mjs";
import { SCENARIOS } from "./scenarios.mjs";
import { LEGEND, table } from "./table.mjs";

const USAGE = `Usage: node peers.mjs [options]
  --scenario NAME  run this scenario only: ${SCENARIOS.map(({ name }) => name).join(", ")}; may be given several times
  --contender TEXT run only libraries whose names contain this text
  --seeds N        number of runs of each; 5 by default
  --quick          scenarios B and C only, once each`;

const { values: options } = parseArgs({
  options: {
    scenario: { type: "string", multiple: true },
    contender: { type: "string", default: "" },
    seeds: { type: "string" },
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (options.help) console.log(USAGE);
else await compare();

async function compare() {
  const scenarios = chosen(options.scenario ?? (options.quick ? ["B", "C"] : undefined));
  const contenders = CONTENDERS.filter(({ name }) => name.includes(options.contender));
  if (contenders.length === 0) throw new Error(`no contender's name contains '${options.contender}'`);
  const seeds = Number(options.seeds ?? (options.quick ? 1 : 5));
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new Error(`--seeds ${options.seeds}: not a number of runs`);
  for (const scenario of scenarios) {
    console.log(`\n${scenario.name}: ${scenario.about}\n`);
    // A client with a fixed plan is wrong where the plan changes.
    const fit = contenders.filter(({ knowsPlan }) => !knowsPlan || scenario.changes.length === 0);
    const jobs = fit.flatMap(({ name }) =>
      Array.from({ length: seeds }, (_, index) => ({
        scenario: scenario.name,
        contender: name,
        seed: index + 1,
      })),
    );
    const outcomes = await runAll(jobs);
    const of = (contender) => outcomes.filter((_, index) => jobs[index].contender === contender);
    const rows = fit.map(({ name }) => ({ name, ...medians(of(name)) }));
    console.log(table([...rows, theMinimum(rows)]));
  }
  console.log(`\n${LEGEND}`);
}

/** The reference for every client: it knows the limit and the future. */
function theMinimum([{ idealWaitP99 }]) {
  return { name: "the minimum", done: 1, rejections: 0, ratio: 1, waitP99: idealWaitP99, peak: 0 };
}

function chosen(names) {
  if (names === undefined) return SCENARIOS;
  const unknown = names.find((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown !== undefined) throw new Error(`no scenario '${unknown}'\n${USAGE}`);
  return SCENARIOS.filter(({ name }) => names.includes(name));
}
