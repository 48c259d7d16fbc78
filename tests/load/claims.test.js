import assert from "node:assert/strict";
import { test } from "node:test";
import { claims } from "./claims.js";
import { page } from "./report/page.js";
import { summary } from "./report/summary.js";

const sends = [200, 200, 200, 429, 429].map((status) => ({ at: 0, answeredAt: 10, status }));
const group = {
  kind: "naive",
  title: "Naive clients",
  what: "All & <at> once.",
  sends,
  answered: 3,
  lost: 0,
  ms: 10,
};
const options = { target: "mock", rate: 10, burst: 3, workers: 1, requests: 5, tolerance: 0.01 };

/** A run that meets every claim, except for the given changes. */
function ran({ group: other, ...changes } = {}) {
  const decisions = sends.map(({ status }) => ({ ms: 5, status }));
  return {
    name: "mock-gateway",
    place: "threads of Node",
    options,
    groups: [{ ...group, decisions, ...other }],
    seen: 3,
    stats: { authorizer: 3, throttled: 2 },
    ...changes,
  };
}

const flood = {
  ms: 1_000,
  statuses: { 200: 3, 429: 100 },
  failed: 0,
  heldUp: 7.5,
  refusals: Array.from({ length: 100 }, (_, index) => ({ at: index * 10, took: index / 10 })),
  seen: 3,
  stats: { authorizer: 3, throttled: 100 },
  decisions: Array.from({ length: 3 }, () => ({ ms: 0, status: 200 })),
};

/** The claims that fail. */
const broken = (result) => claims(result).filter(({ holds }) => !holds);

test("a gateway that keeps its limit breaks no claim", () => {
  assert.deepEqual(broken(ran()), []);
});

test("one that lets through too much is found out by its own clock", () => {
  const decisions = [...sends, { status: 200 }].map(({ status }) => ({ ms: 5, status }));
  assert.match(broken(ran({ group: { decisions } }))[0].claim, /^Naive clients: admitted ≤ burst/);
});

test("one that says nothing of its decisions is judged by what its clients got", () => {
  const generous = Array.from({ length: 9 }, () => ({ at: 0, answeredAt: 10, status: 200 }));
  const result = ran({
    group: { decisions: undefined, sends: [...sends, ...generous] },
    stats: undefined,
    seen: undefined,
  });
  assert.match(broken(result)[0].found, /^12 of 3\.1/);
});

test("a backend or an authorizer that saw what was throttled is found out", () => {
  assert.match(broken(ran({ seen: 5 }))[0].claim, /backend/);
  assert.match(broken(ran({ stats: { authorizer: 5, throttled: 2 } }))[0].claim, /authorizer/);
});

test("a run in which nothing was refused shows nothing", () => {
  const result = ran({ group: { sends: sends.slice(0, 3) }, stats: { authorizer: 3, throttled: 0 } });
  assert.deepEqual(
    broken(result).map(({ claim }) => claim),
    ["the limit was met"],
  );
});

test("how fast it refuses is judged only where the flood is what the target is for, and never exact", () => {
  const slow = ran({ options: { ...options, floodRate: 5_000, floodSeconds: 1 }, flood });
  assert.deepEqual(
    broken(slow).map(({ found, isExact }) => [found, isExact]),
    [["9.80 ms, where the sender itself was held up for 7.50 ms", false]],
  );
  const slower = ran({ options: { ...options, floodRate: 100, floodSeconds: 1 }, flood });
  assert.deepEqual(broken(slower), []);
});

test("how fast a refusal leaves is for the gateway's clock to say", () => {
  const metrics = (quick) =>
    `mock_gateway_answer_seconds_bucket{le="0.001"} ${quick}\nmock_gateway_answer_seconds_bucket{le="+Inf"} 100\n`;
  const found = (quick) => {
    const options5000 = { ...options, floodRate: 5_000, floodSeconds: 1 };
    const held = claims(ran({ options: options5000, flood: { ...flood, metrics: metrics(quick) } }));
    return held.find(({ claim }) => claim.startsWith("a refusal leaves"));
  };
  assert.deepEqual([found(99).holds, found(99).found], [true, "at most 1 ms by the gateway's clock"]);
  assert.equal(found(98).holds, false);
});

test("the report needs no other file, and shows what it is told as text", () => {
  const result = ran({ options: { ...options, floodRate: 5_000, floodSeconds: 1 }, flood });
  const html = page(result, claims(result));
  assert.doesNotMatch(html, /<(?:script|link|img)|url\(|https?:/);
  assert.match(html, /All &#38; &#60;at&#62; once\./);
  assert.equal(html.match(/<svg/g).length, 4);
  assert.doesNotMatch(html, /NaN|undefined|Infinity/);
});

test("the terminal has a row for each group and for the flood, and each claim with its verdict", () => {
  const result = ran({ options: { ...options, floodRate: 5_000, floodSeconds: 1 }, flood });
  const text = summary(result, claims(result));
  assert.match(text, /^Naive clients +3 +0 +5 +3 +2 /m);
  assert.match(text, /^Flood +103 +3 +100 /m);
  assert.match(text, /^not met +a refusal is with its caller within 5 ms .* \(9\.80 ms, .*\)$/m);
});
