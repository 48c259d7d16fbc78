// BroadcastChannel in virtual time: a word takes as long to every other tab as in the simulation
// (tests/simulation/src/tab.rs), and is lost or doubled as often.

import { replace } from "./virtual-clock.mjs";

const [SHORTEST, LONGEST] = [1_000, 5_000];
/** How late the second of two is at most. */
const LATE = 500_000;

/** Has the clients of this thread speak to each other in the time of a clock. Returns how to undo that. */
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
