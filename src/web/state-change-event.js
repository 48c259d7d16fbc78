// Dispatches `statechange`: in a microtask after the first change, and then at most once a task.

// The next change dispatches an event.
const READY = 0;
// The event of this task is dispatched, or is about to be.
const DISPATCHED = 1;
// The state has changed after the event of this task.
const OUTDATED = 2;

export class StateChangeDispatcher {
  #target;
  #stage = READY;

  /** @param target held weakly, so that an unreferenced client can be collected */
  constructor(target) {
    this.#target = new WeakRef(target);
  }

  /** Records that the state has changed. */
  changed() {
    if (this.#stage === DISPATCHED) this.#stage = OUTDATED;
    if (this.#stage !== READY) return;
    this.#stage = DISPATCHED;
    queueMicrotask(() => this.#dispatch());
  }

  #dispatch() {
    setTimeout(() => this.#nextTask(), 0);
    // Listeners may not see a change from here on, their own changes included: the next task dispatches again.
    this.#stage = DISPATCHED;
    this.#target.deref()?.dispatchEvent(new Event("statechange"));
  }

  #nextTask() {
    const isOutdated = this.#stage === OUTDATED;
    this.#stage = READY;
    if (isOutdated) this.changed();
  }
}
