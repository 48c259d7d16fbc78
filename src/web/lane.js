import {
  ClientClosedError,
  PauseTooLongError,
  QueueFullError,
  QueueTimeoutError,
  QuotaExceededError,
} from "./errors.js";
import { Shown } from "./state.js";

// What the core wants done; the same numbers stand in report.rs. What comes after these is told to listeners.
const SEND = 1;
const REJECT = 2;
const THROTTLED = 3;
const EXTENDED = 4;
const RESUMED = 5;
const RETRY = 6;

/** Where the length of a pause comes from, and why a call is rejected; the core knows each by its place. */
const SOURCES = ["retry-after", "rate-limit-header", "backoff", "manual"];
const ERRORS = [QueueFullError, QueueTimeoutError, PauseTooLongError, QuotaExceededError, ClientClosedError];

const BUSY = "The application is busy, please try again in a moment.";
const USED_UP = "The quota is used up, please try again later.";

/** A scope, from JavaScript's side: the calls that wait in it, its timer, and what it tells listeners. */
export class Lane {
  /** The calls that wait, by their numbers. */
  waiting = new Map();
  shown = new Shown();
  /** What the notification of the current pause says. */
  message = null;
  /** The answer that the scope has been told of, for the event that may come of it. */
  cause = null;
  #client;
  #timer;
  /** Whether somebody is carrying out the scope's actions already. */
  #isDriven = false;

  /**
   * @param client what the scopes of a client share
   * @param number what the core knows the scope by
   * @param name what people know it by
   */
  constructor(client, number, name) {
    this.#client = client;
    this.core = client.core;
    this.number = number;
    this.name = name;
  }

  /** Carries out whatever the scope has decided, and sees to it that it is woken when it wants to be. */
  drive() {
    const { core, number } = this;
    this.#client.changed();
    // A listener that calls back in adds to what is being carried out: there is one order, and no nesting.
    if (this.#isDriven) return;
    this.#isDriven = true;
    for (let kind = core.next(number); kind !== 0; kind = core.next(number)) this.#carryOut(kind);
    this.#isDriven = false;
    this.cause = null;
    const wait = core.arm(number);
    if (wait < 0) return;
    clearTimeout(this.#timer);
    // A client that nobody refers to any more may be collected although its timers run, but not while calls wait.
    if (wait < Infinity) this.#timer = setTimeout(wake, wait, new WeakRef(this), this.waiting);
  }

  /** The timer has fired. */
  wake() {
    this.core.wake(this.number);
    this.drive();
  }

  /** The error of the rejection that the core has reported. */
  rejection() {
    const [, kind, number] = this.report(3);
    return new ERRORS[kind](this.name, Math.round(number));
  }

  /** Brings what is shown up to date, and says whether that was needed. */
  look() {
    this.core.look(this.number);
    return this.shown.update([...this.report(7), this.message]);
  }

  report(length) {
    return Array.from({ length }, (_, i) => this.core.value(i));
  }

  #carryOut(kind) {
    const [first, second, third, fourth] = this.report(4);
    const scope = this.name;
    const call = this.waiting.get(first);
    if (kind === SEND) {
      this.waiting.delete(first);
      call.send();
    } else if (kind === REJECT) {
      this.waiting.delete(first);
      call?.reject(this.rejection());
    } else if (kind === THROTTLED || kind === EXTENDED) {
      const detail = {
        scope,
        resumeAt: third,
        delayMs: first,
        source: SOURCES[second],
        queued: fourth,
        message: BUSY,
        response: this.#takeCause(),
      };
      detail.message = this.#client.words({ ...detail }) ?? BUSY;
      this.message = detail.message;
      this.#client.tell(kind === THROTTLED ? "throttled" : "extended", detail);
    } else if (kind === RESUMED) {
      this.#client.tell("resumed", { scope, pausedMs: first, queued: second });
    } else if (kind === RETRY) {
      const { url, method } = call;
      this.#client.tell("retry", { scope, url, method, attempt: second, delayMs: third });
    } else {
      const response = this.#takeCause();
      this.#client.tell("quotaexceeded", { scope, message: USED_UP, nextProbeAt: first, response });
    }
  }

  #takeCause() {
    const { cause } = this;
    this.cause = null;
    return cause;
  }
}

function wake(lane) {
  lane.deref()?.wake();
}
