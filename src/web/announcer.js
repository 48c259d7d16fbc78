// The next change is announced.
const READY = 0;
// This task's event is sent, or about to be.
const ANNOUNCED = 1;
// And something has changed since.
const BEHIND = 2;

/** Announces that the state has changed: at the end of what runs now, and at most once a task, however much changes. */
export class Announcer {
  #target;
  // Nobody listens: a change costs nothing.
  #stage;

  constructor(target) {
    this.#target = target;
  }

  /** Somebody listens from now on. */
  watch() {
    this.#stage ??= READY;
  }

  changed() {
    if (this.#stage === READY) {
      this.#stage = ANNOUNCED;
      queueMicrotask(() => this.#announce());
    } else if (this.#stage === ANNOUNCED) {
      this.#stage = BEHIND;
    }
  }

  #announce() {
    setTimeout(() => {
      const isBehind = this.#stage === BEHIND;
      this.#stage = READY;
      if (isBehind) this.changed();
    }, 0);
    // A change from here on, a listener's own among them, may not have been seen: the next task announces it.
    this.#stage = ANNOUNCED;
    this.#target.dispatchEvent(new Event("statechange"));
  }
}
