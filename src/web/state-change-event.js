// Announces that the state has changed: at the end of what runs now, and at most once a task, however much changes.

// The next change is announced.
const READY = 0;
// This task's event is sent, or about to be.
const ANNOUNCED = 1;
// And something has changed since.
const BEHIND = 2;

export class Announcer {
  #target;
  #stage = READY;

  /** @param target held weakly: a client that nobody refers to any more may be collected */
  constructor(target) {
    this.#target = new WeakRef(target);
  }

  /** Something has changed. */
  changed() {
    if (this.#stage === ANNOUNCED) this.#stage = BEHIND;
    if (this.#stage !== READY) return;
    this.#stage = ANNOUNCED;
    queueMicrotask(() => this.#announce());
  }

  #announce() {
    setTimeout(() => this.#nextTask(), 0);
    // A change from here on, a listener's own among them, may not have been seen: the next task announces it.
    this.#stage = ANNOUNCED;
    this.#target.deref()?.dispatchEvent(new Event("statechange"));
  }

  #nextTask() {
    const isBehind = this.#stage === BEHIND;
    this.#stage = READY;
    if (isBehind) this.changed();
  }
}
