// What a client follows besides its own calls: its page that goes away and comes back, and the other clients of its
// origin, in other tabs, in workers, or on the same page. What the place lacks is not followed.

// Each of them may end a time in which timers stood still, or came once a minute: a page comes back from behind another
// tab, from the history, from being frozen; a machine from where there was no network, which most often is its sleep.
const MOMENTS = ["visibilitychange", "pageshow", "resume", "online", "offline", "pagehide"];

// Only those that speak alike meet on a channel: the number is that of the words.
const CHANNEL = "api-service-client/1";
// Whatever is longer is no word. What is in one is for the core to judge.
const LONGEST_WORD = 256;

/** Follows them until it is told to end that. */
export class Surroundings {
  #core;
  #withTabs;
  #channel;

  /**
   * @param core the client's, held weakly: one that nobody refers to any more may be collected
   * @param withTabs whether others are told, and heard
   */
  constructor(core, withTabs) {
    this.#core = new WeakRef(core);
    this.#withTabs = withTabs;
    this.#open();
    this.#listen("addEventListener");
  }

  #listen(act) {
    // Caught on the way down: `resume` is the document's, and does not bubble.
    for (const type of MOMENTS) globalThis[act]?.(type, this, true);
  }

  handleEvent({ type }) {
    // A page with an open channel may not be kept for the way back.
    if (type === "pagehide") return this.#close();
    if (type === "pageshow") this.#open();
    // Whatever has happened, the clock should be looked at again.
    this.#core.deref()?.lookAround();
  }

  #open() {
    if (!this.#withTabs || this.#channel !== undefined) return;
    try {
      this.#channel = new BroadcastChannel(CHANNEL);
    } catch {
      return;
    }
    this.#channel.onmessage = ({ data }) => {
      // Any script of the origin may post here, anything.
      if (!Array.isArray(data)) return;
      const [scope, postedAt, word] = data;
      if (typeof scope !== "bigint" || typeof postedAt !== "number") return;
      if (word instanceof Float64Array && word.length <= LONGEST_WORD)
        this.#core.deref()?.hear(scope, postedAt, word);
    };
    // In Node, which alone has the method, it would keep the process alive.
    this.#channel.unref?.();
  }

  #close() {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Tells the others. */
  post(scope, word) {
    // A copy: as it comes, it is a view, with which all of the memory behind it would be sent.
    this.#channel?.postMessage([scope, Date.now(), word.slice()]);
  }

  /** Whether the browser says that there is no network. */
  isOffline() {
    return globalThis.navigator?.onLine === false;
  }

  end() {
    this.#listen("removeEventListener");
    this.#close();
  }
}
