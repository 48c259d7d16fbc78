import { parseArgs } from "node:util";

/** The default load of each target. A real gateway gets no flood. */
const DEFAULTS = {
  mock: {
    rate: 20,
    burst: 100,
    workers: 4,
    requests: 150,
    floodRate: 5_000,
    floodSeconds: 10,
    tolerance: 0.01,
  },
  // ministack is written in Python: it refuses some 100 calls a second.
  ministack: {
    rate: 10,
    burst: 20,
    workers: 2,
    requests: 40,
    floodRate: 100,
    floodSeconds: 5,
    tolerance: 0.05,
  },
  // The plan of the template. Amazon enforces its limits on a best-effort basis.
  url: {
    rate: 100 / 60,
    burst: 200,
    workers: 4,
    requests: 75,
    floodRate: 0,
    floodSeconds: 5,
    tolerance: 0.2,
  },
};

/** 15 s in all, on a gateway built without optimisation. */
const SMOKE = { rate: 20, burst: 40, workers: 2, requests: 40, floodRate: 2_000, floodSeconds: 2 };

/**
 * The options of `load`. Every number is also a flag.
 *
 * @param {string[]} args
 * @returns {{ target: string, headers: Record<string, string>, out: string, browser: boolean } & typeof
 *   DEFAULTS.mock}
 */
export function given(args) {
  const numbers = {
    rate: "rate",
    burst: "burst",
    workers: "workers",
    requests: "requests",
    "flood-rate": "floodRate",
    "flood-seconds": "floodSeconds",
  };
  const { values } = parseArgs({
    args,
    options: {
      target: { type: "string", default: "mock" },
      header: { type: "string", multiple: true, default: [] },
      out: { type: "string", default: "report.html" },
      smoke: { type: "boolean", default: false },
      browser: { type: "boolean", default: false },
      ...Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: "string" }])),
    },
  });
  const { target } = values;
  const options = {
    ...(DEFAULTS[target] ?? DEFAULTS.url),
    ...(values.smoke && SMOKE),
    target: target in DEFAULTS && target !== "url" ? target : address(target),
    headers: Object.fromEntries(values.header.map(header)),
    out: values.out,
    browser: values.browser,
  };
  for (const [flag, name] of Object.entries(numbers)) {
    if (values[flag] !== undefined) options[name] = number(flag, values[flag]);
  }
  if (options.browser && target === "ministack")
    throw new Error("--browser: a page cannot read ministack's answers, which have no CORS of its backend");
  return options;
}

function address(text) {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error(`--target ${text}: mock, ministack, or the http(s) URL of a stage`);
  }
  return text.replace(/\/$/, "");
}

function header(text) {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) throw new Error(`--header ${text}: a name and a value, such as 'x-api-key: KEY'`);
  return [name, value];
}

function number(flag, text) {
  const value = Number(text);
  if (!(Number.isFinite(value) && value >= 0) || text.trim() === "")
    throw new Error(`--${flag} ${text}: not a number from 0 on`);
  return value;
}
