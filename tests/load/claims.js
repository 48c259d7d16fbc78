import { quantile } from "d3-array";
import { allowed, excess } from "./bound.js";
import { atMost } from "./histogram.js";

/**
 * The longest refusal allowed at the 99th percentile on the mock gateway, in milliseconds, at this rate a
 * second.
 */
export const LATENCY = { ms: 5, rate: 5_000 };

/**
 * A claim about a run. If an exact claim fails, the gateway is wrong; any other may fail because of the
 * machine.
 *
 * @typedef {{ claim: string, holds: boolean, found: string, isExact: boolean }} Claim
 */

/** @returns {Claim[]} */
export function claims({ options, groups, seen, stats, flood }) {
  const admitted = groups.reduce((sum, { sends }) => sum + count(sends, 200), 0);
  const throttled = groups.reduce((sum, { sends }) => sum + count(sends, 429), 0);
  return [
    exact("the limit was met", throttled > 0, `${throttled} refused`),
    ...groups.map((group) => withinPlan(group.title, options, group.decisions, group.sends)),
    ...(seen === undefined ? [] : [backend("side by side", admitted, seen)]),
    ...(stats
      ? [authorizer("side by side", admitted, stats), counted("side by side", throttled, stats)]
      : []),
    ...(flood ? ofFlood(options, flood) : []),
  ];
}

function ofFlood(options, { statuses, refusals, failed, seen, stats, metrics, decisions, ms, heldUp }) {
  const admitted = statuses[200] ?? 0;
  const latency =
    quantile(
      refusals.map(({ took }) => took),
      0.99,
    ) ?? Number.NaN;
  return [
    exact("every call of the flood was answered", failed === 0, `${failed} were not`),
    withinPlan("The flood", options, decisions, [], admitted, ms),
    ...(seen === undefined ? [] : [backend("the flood", admitted, seen)]),
    ...(stats
      ? [authorizer("the flood", admitted, stats), counted("the flood", refusals.length, stats)]
      : []),
    ...(options.target === "mock" && options.floodRate === LATENCY.rate
      ? [...(metrics ? [leaves(metrics)] : []), arrives(latency, heldUp)]
      : []),
  ];
}

const QUICK = `within ${LATENCY.ms} ms at the 99th percentile, at ${LATENCY.rate} a second`;

/** The gateway's own measure over all answers, nearly all of which are refusals. */
function leaves(metrics) {
  const ms = atMost(metrics, "mock_gateway_answer_seconds", 0.99) * 1_000;
  const found = `at most ${ms} ms by the gateway's clock`;
  return { claim: `a refusal leaves the gateway ${QUICK}`, holds: ms <= LATENCY.ms, found, isExact: false };
}

/** The sender of 5,000 calls a second competes with the gateway for the processors. */
function arrives(ms, heldUp) {
  const claim = `a refusal is with its caller ${QUICK}`;
  const found = `${ms.toFixed(2)} ms, where the sender itself was held up for ${heldUp.toFixed(2)} ms`;
  return { claim, holds: ms <= LATENCY.ms, found, isExact: false };
}

const exact = (claim, holds, found) => ({ claim, holds, found, isExact: true });
const count = (sends, wanted) => sends.filter(({ status }) => status === wanted).length;
const percent = (share) => `${Math.round(share * 100)} %`;

/**
 * Checks the plan in every interval on the gateway's own clock, if the gateway reports its decisions;
 * otherwise in total.
 */
function withinPlan(who, plan, decisions, sends, admitted = count(sends, 200), ms = lastAnswer(sends)) {
  const claim = `${who}: admitted ≤ burst + rate · t, within ${percent(plan.tolerance)}`;
  if (decisions) {
    const times = decisions.filter(({ status }) => status === 200).map(({ ms }) => ms);
    const over = excess(times, plan);
    const found =
      over > 0 ? `${over.toFixed(1)} too many` : `${times.length} admitted, never above the limit`;
    return exact(claim, over <= 0, found);
  }
  const most = allowed(plan, ms);
  return exact(claim, admitted <= most * (1 + plan.tolerance), `${admitted} of ${most.toFixed(1)}`);
}

const lastAnswer = (sends) => Math.max(0, ...sends.map(({ answeredAt }) => answeredAt));

const backend = (where, admitted, seen) =>
  exact(
    `${where}: the backend saw exactly the admitted requests`,
    seen === admitted,
    `${seen} seen, ${admitted} admitted`,
  );

const authorizer = (where, admitted, { authorizer }) =>
  exact(
    `${where}: the authorizer was asked about exactly the admitted requests`,
    authorizer === admitted,
    `${authorizer} asked, ${admitted} admitted`,
  );

const counted = (where, refused, { throttled }) =>
  exact(
    `${where}: the gateway counts the refusals that the clients received`,
    throttled === refused,
    `${throttled} and ${refused}`,
  );
