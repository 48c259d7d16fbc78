// BroadcastChannel in virtual time. Messages are delayed, lost and doubled as in the simulation
// (tests/simulation/src/tab.rs).

import { replace } from "./virtual-clock.mjs";

const [SHORTEST, LONGEST] = [1_000, 5_000];
/** The greatest delay of a second delivery. */
const LATE = 500_000;

/**
 * Connects the clients of this thread by a channel on a virtual clock. Returns a function that restores the
 * platform's channel.
 */
export function installChannel(clock, random, { lost, doubled }) {
  const open = new Set();
  class VirtualChannel {
    onmessage = null;

    constructor(name) {
      this.name = name;
      open.add(this);
    }

    postMessage(message) {
      for (const other of open) {
        if (other === this || other.name !== this.name) continue;
        const data = structuredClone(message);
        const arrives = clock.now + Math.round(SHORTEST + (LONGEST - SHORTEST) * random.float());
        const late = Math.round(LATE * random.float());
        if (random.float() >= lost) deliver(other, data, arrives);
        if (random.float() < doubled) deliver(other, data, arrives + late);
      }
    }

    close() {
      open.delete(this);
    }
  }
  const deliver = (channel, data, at) =>
    clock.at(at, () => {
      if (open.has(channel)) channel.onmessage?.({ data });
    });
  return replace([[globalThis, "BroadcastChannel", VirtualChannel]]);
}
