import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";

/**
 * autocannon sends the calls of a second as fast as it can. Several instances with staggered starts spread
 * them evenly.
 */
const CANNONS = 50;
const CONNECTIONS = 10;

/**
 * Sends a fixed rate of calls from this process, whatever is answered.
 *
 * Each refusal is reported with its time and its duration in milliseconds. `heldUp` is the 99th percentile of
 * this process's own delays, which the gateway cannot influence.
 *
 * @returns {Promise<{ ms: number, statuses: Record<string, number>, failed: number, refusals: { at: number,
 *   took: number }[], heldUp: number }>}
 */
export async function flood({ url, headers, floodRate, floodSeconds }) {
  const connections = Math.min(CONNECTIONS, Math.max(1, Math.floor(floodRate / CANNONS)));
  const connectionRate = Math.max(1, Math.round(floodRate / CANNONS / connections));
  const statuses = {};
  const refusals = [];
  const runs = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  for (let cannon = 0; cannon < CANNONS; cannon++) {
    await sleep(began + (cannon * 1_000) / CANNONS - performance.now());
    const run = autocannon({
      url: `${url}/api/v1/resource`,
      headers,
      connections,
      connectionRate,
      amount: connections * connectionRate * floodSeconds,
    });
    run.on("response", (_client, status, _bytes, took) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 429) refusals.push({ at: performance.now() - began, took });
    });
    runs.push(run);
  }
  const reports = await Promise.all(runs);
  delay.disable();
  const failed = reports.reduce((sum, { errors, timeouts }) => sum + errors + timeouts, 0);
  const heldUp = delay.percentile(99) / 1e6;
  return { ms: performance.now() - began, statuses, failed, refusals, heldUp };
}
