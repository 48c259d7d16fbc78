import { leastTrip } from "./network.mjs";
import { gatewayOf } from "./scenarios.mjs";

/**
 * How fast it could be done by a client that knows the gateway's state and schedule: each call, in order, is admitted
 * at the first moment at which the gateway admits one more, and travels as quickly as the latency allows. The same as
 * in tests/simulation/src/oracle.rs.
 */
export function minimum(scenario, calls) {
  const gateway = gatewayOf(scenario);
  const { there, back } = leastTrip(scenario.latency);
  let now = 0;
  const waits = calls.map((called) => {
    now = gateway.earliest(Math.max(now, called + there));
    if (!gateway.admits(now)) throw new Error(`the gateway refuses at ${now} what it said it would admit`);
    return now + back - called;
  });
  return { drained: now + back, waits };
}
