/** What the browser says of the network, where it says anything. */
export class Network {
  #changed;

  /** @param changed is called whenever the browser has changed its mind */
  constructor(changed) {
    this.#changed = changed;
    this.#listen("addEventListener");
  }

  #listen(act) {
    // Outside of pages and workers there is no such function.
    for (const type of ["offline", "online"]) globalThis[act]?.(type, this.#changed);
  }

  isOffline() {
    return globalThis.navigator?.onLine === false;
  }

  end() {
    this.#listen("removeEventListener");
  }
}
