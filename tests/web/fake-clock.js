// A fake clock: replaces the timers and both clocks of this realm by time that a test advances.

const LONGEST_DELAY = 2 ** 31 - 1;

// The numbers lie above the platform's, so that clearTimeout can tell a platform timer from a fake one.
const FIRST_TIMER = 2 ** 30;

// A task of the platform, in which all pending promises continue.
const turn = globalThis.setImmediate
  ? () => new Promise((resolve) => setImmediate(resolve))
  : () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(null);
      });

let installed;

export class FakeClock {
  #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, dateNow: Date.now };
  #timers = new Map();
  #lastTimer = FIRST_TIMER;
  #monotonic = 1_234.5;
  #wall = Date.UTC(2026, 10, 24, 12) - 1_234.5;
  #grid = 0;

  install() {
    // A failed test may have left its clock installed.
    installed?.uninstall();
    installed = this;
    globalThis.setTimeout = (callback, delay, ...args) =>
      isOfTheDriver(callback)
        ? this.#real.setTimeout.call(globalThis, callback, delay)
        : this.#set(callback, delay, args);
    globalThis.clearTimeout = (timer) => {
      if (timer > FIRST_TIMER) this.#timers.delete(Number(timer));
      else this.#real.clearTimeout.call(globalThis, timer);
    };
    Date.now = () => Math.floor(this.#wall + this.#monotonic);
    Object.defineProperty(performance, "now", { configurable: true, value: () => this.#monotonic });
  }

  uninstall() {
    if (installed !== this) return;
    installed = undefined;
    globalThis.setTimeout = this.#real.setTimeout;
    globalThis.clearTimeout = this.#real.clearTimeout;
    Date.now = this.#real.dateNow;
    delete performance.now;
  }

  /** The number of set timers. */
  get timers() {
    return this.#timers.size;
  }

  /**
   * Advances time by `ms` milliseconds. Each timer fires at its own time, and its consequences run before the
   * next.
   */
  async advance(ms) {
    const end = this.#monotonic + ms;
    await turn();
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#timers.delete(timer.id);
      this.#monotonic = Math.max(this.#monotonic, timer.at);
      timer.callback(...timer.args);
      await turn();
    }
    this.#monotonic = end;
    await turn();
  }

  /** Simulates sleep: the wall clock advances, the timers and the monotonic clock stand still. */
  sleep(ms) {
    this.#wall += ms;
  }

  /** Simulates a frozen page: both clocks advance, the timers do not. Overdue timers fire late. */
  freeze(ms) {
    this.#monotonic += ms;
  }

  /**
   * From now on timers fire only at multiples of `ms` milliseconds, as in a page that has long been hidden.
   */
  throttleTimers(ms) {
    this.#grid = ms;
  }

  /** Sets the wall clock forward by `ms` milliseconds, or back. */
  setWallClockBy(ms) {
    this.#wall += ms;
  }

  #set(callback, delay, args) {
    const id = ++this.#lastTimer;
    // As in browsers, a delay outside the range becomes 1 ms.
    const wait = delay >= 1 && delay <= LONGEST_DELAY ? delay : 1;
    const at = this.#monotonic + wait;
    this.#timers.set(id, {
      id,
      at: this.#grid > 0 ? Math.ceil(at / this.#grid) * this.#grid : at,
      callback,
      args,
    });
    return id;
  }

  #next(end) {
    let next;
    for (const timer of this.#timers.values())
      if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
    return next;
  }
}

/** Restores the platform's time, even if a test has replaced parts of it. */
export function giveBack() {
  installed?.uninstall();
}

/**
 * Recognises a timer of WebKit's driver. The driver runs a script in the page ten times a second and times it
 * by the page's setTimeout.
 *
 * These timers use real time. Otherwise a test that advances a minute would make the driver give up.
 */
function isOfTheDriver(callback) {
  return String(callback).includes("JavaScriptTimeout");
}
