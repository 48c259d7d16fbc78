// Time that moves when a test says so: stands in for the timers and for the two clocks of this realm.

const LONGEST_DELAY = 2 ** 31 - 1;

// Above the numbers that a platform gives out, so that a timer of its own that is cleared here is told from one of ours.
const FIRST_TIMER = 2 ** 30;

// One task of the platform's own, in which every promise that can go on does.
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
    // A test that failed may have left its own.
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

  /** How many timers are set. */
  get timers() {
    return this.#timers.size;
  }

  /** Lets so many milliseconds pass: each timer fires at its own time, and what it sets off runs before the next. */
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

  /** The machine sleeps: the wall clock goes on, the timers and the monotonic clock stand still. */
  sleep(ms) {
    this.#wall += ms;
  }

  /** The page is frozen: both clocks go on, the timers do not. Those that were due meanwhile are late. */
  freeze(ms) {
    this.#monotonic += ms;
  }

  /** From now on timers fire only at multiples of so many milliseconds, as those of a page that has long been hidden. */
  throttleTimers(ms) {
    this.#grid = ms;
  }

  /** Somebody sets the wall clock, by so many milliseconds. */
  setWallClockBy(ms) {
    this.#wall += ms;
  }

  #set(callback, delay, args) {
    const id = ++this.#lastTimer;
    // As platforms do: what does not fit fires at once, which is a millisecond later.
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

/** The platform's time again, whatever a test has made of it. */
export function giveBack() {
  installed?.uninstall();
}

/**
 * WebKit's driver looks into the page ten times a second with a script that runs in it, and times that script by the
 * page's own setTimeout. It waits in real time, or a test that lets a minute pass would make it give up.
 */
function isOfTheDriver(callback) {
  return String(callback).includes("JavaScriptTimeout");
}
