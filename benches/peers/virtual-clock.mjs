// Virtual time that jumps from one event to the next.
//
// It replaces the timers and clocks that libraries read. Each library runs unchanged, and an hour takes a
// second. Time is in microseconds, since libraries that fake whole milliseconds would round every latency.

import { setImmediate } from "node:timers";

const LONGEST_DELAY_MS = 2 ** 31 - 1;
const STARTS_AT_MS = Date.UTC(2026, 0, 1);

// A task of the platform. Before it runs, all pending promises continue.
const turn = () => new Promise((resolve) => setImmediate(resolve));

// A cancelled event has nothing to run.
const happen = (event) => event.run?.();

/** A clock in whole microseconds since its start. */
export class VirtualClock {
  #now = 0;
  /** Sorted; the soonest is last. */
  #moments = [];
  /** The events of each moment, in order. */
  #events = new Map();
  #changes = 0;

  get now() {
    return this.#now;
  }

  /** Schedules `run` at a moment, after the events already scheduled for it. */
  at(micros, run) {
    const at = Math.max(micros, this.#now);
    const event = { run };
    const events = this.#events.get(at);
    if (events === undefined) this.#add(at, event);
    else events.push(event);
    this.#changes += 1;
    return event;
  }

  #add(at, event) {
    let [low, high] = [0, this.#moments.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#moments[middle] > at) low = middle + 1;
      else high = middle;
    }
    this.#moments.splice(low, 0, at);
    this.#events.set(at, [event]);
  }

  /** Advances time until `isOver`, or until no event is left. */
  async run(isOver) {
    await this.#settle();
    while (!isOver() && this.#moments.length > 0) {
      this.#now = this.#moments.pop();
      const events = this.#events.get(this.#now);
      this.#events.delete(this.#now);
      // Each event gets a task of its own, as in a platform: all pending promises continue between two
      // events.
      for (const event of events) setImmediate(happen, event);
      await this.#settle();
    }
  }

  // Waits until two tasks in a row have changed nothing. A library may take a task or two between an answer
  // and its next timer.
  async #settle() {
    for (let quiet = 0; quiet < 2; ) {
      const before = this.#changes;
      await turn();
      quiet = this.#changes === before ? quiet + 1 : 0;
    }
  }

  /** Replaces the platform's timers and clocks. Returns a function that restores them. */
  install() {
    const PlatformDate = globalThis.Date;
    const wallMs = () => Math.floor(STARTS_AT_MS + this.now / 1000);
    class VirtualDate extends PlatformDate {
      constructor(...given) {
        if (given.length === 0) super(wallMs());
        else super(...given);
      }
      static now() {
        return wallMs();
      }
    }
    const clear = (timer) => timer?.stop?.();
    return replace([
      [globalThis, "setTimeout", (run, ms, ...given) => new Timer(this, ms, () => run(...given), false)],
      [globalThis, "setInterval", (run, ms, ...given) => new Timer(this, ms, () => run(...given), true)],
      [globalThis, "clearTimeout", clear],
      [globalThis, "clearInterval", clear],
      [globalThis, "Date", VirtualDate],
      [globalThis.performance, "now", () => this.now / 1000],
    ]);
  }
}

class Timer {
  #clock;
  #waitMicros;
  #run;
  #repeats;
  #event;

  constructor(clock, ms, run, repeats) {
    this.#clock = clock;
    // As in browsers: whole milliseconds, and a delay outside the range becomes 1 ms.
    this.#waitMicros = 1000 * (ms >= 1 && ms <= LONGEST_DELAY_MS ? Math.trunc(ms) : 1);
    this.#run = run;
    this.#repeats = repeats;
    this.refresh();
  }

  stop() {
    if (this.#event !== undefined) this.#event.run = undefined;
  }

  // Additional methods of Node's timers.
  refresh() {
    this.stop();
    this.#event = this.#clock.at(this.#clock.now + this.#waitMicros, () => {
      if (this.#repeats) this.refresh();
      this.#run();
    });
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
}

/** Replaces the values of properties. Returns a function that restores them. */
export function replace(replacements) {
  const before = replacements.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  for (const [owner, name, value] of replacements)
    Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    replacements.forEach(([owner, name], index) => {
      if (before[index] === undefined) delete owner[name];
      else Object.defineProperty(owner, name, before[index]);
    });
  };
}
