import { setTimeout as sleep } from "node:timers/promises";

/** Polls until `holds` returns a true value. */
export async function until(holds, { everyMs = 20, forMs = 30_000 } = {}) {
  const deadline = Date.now() + forMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`timed out waiting for: ${holds}`);
    await sleep(everyMs);
  }
}
