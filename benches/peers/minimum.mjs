import { leastTrip } from "./network.mjs";
import { gatewayOf } from "./scenarios.mjs";

/**
 * The theoretical minimum: the time of a client that knows the gateway's state and schedule.
 *
 * Each call, in order, is admitted at the first possible moment, and travels as fast as the latency allows.
 * It is the same as in tests/simulation/src/oracle.rs.
 */
export function minimum(scenario, calls) {
  const gateway = gatewayOf(scenario);
  const { there, back } = leastTrip(scenario.latency);
  let now = 0;
  const waits = calls.map((called) => {
    now = gateway.earliest(Math.max(now, called + there));
    if (!gateway.admits(now))
      throw new Error(`the gateway refuses at ${now} a request that it had promised to admit`);
    return now + back - called;
  });
  return { drained: now + back, waits };
}
