// The platform's events that concern a client, and the channel to the other clients of its origin: in other tabs, in
// workers, or on the same page. Whatever the platform lacks is left out.

// Each of these may end a time in which timers stood still or fired once a minute: the page was hidden, frozen or kept in
// the history, or the machine slept.
const EVENTS = ["visibilitychange", "pageshow", "resume", "online", "offline", "pagehide"];

// The number is the version of the messages: only clients of one version share a channel.
const CHANNEL = "api-service-client/1";
// A longer message is ignored. The core validates the others.
const MAX_MESSAGE_LENGTH = 256;

export class PlatformEvents {
  #core;
  #withTabs;
  #channel;

  /**
   * @param core the client's core, held weakly so that an unreferenced client can be collected
   * @param withTabs whether to exchange messages with other tabs
   */
  constructor(core, withTabs) {
    this.#core = new WeakRef(core);
    this.#withTabs = withTabs;
    this.#open();
    this.#listen("addEventListener");
  }

  #listen(act) {
    // In the capture phase: `resume` is an event of the document and does not bubble.
    for (const type of EVENTS) globalThis[act]?.(type, this, true);
  }

  handleEvent({ type }) {
    // A page with an open channel may not be kept in the back/forward cache.
    if (type === "pagehide") return this.#close();
    if (type === "pageshow") this.#open();
    this.#core.deref()?.refresh();
  }

  #open() {
    if (!this.#withTabs || this.#channel !== undefined) return;
    try {
      this.#channel = new BroadcastChannel(CHANNEL);
    } catch {
      return;
    }
    this.#channel.onmessage = ({ data }) => {
      // Any script of the origin may post anything on the channel.
      if (!Array.isArray(data)) return;
      const [scope, postedAt, message] = data;
      if (typeof scope !== "bigint" || typeof postedAt !== "number") return;
      if (message instanceof Float64Array && message.length <= MAX_MESSAGE_LENGTH)
        this.#core.deref()?.receive(scope, postedAt, message);
    };
    // Only Node has the method. Without it, an open channel keeps the process alive.
    this.#channel.unref?.();
  }

  #close() {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Sends a message about a scope to the other clients. */
  post(scope, message) {
    // A copy: `message` is a view, and posting it would copy the whole memory behind it.
    this.#channel?.postMessage([scope, Date.now(), message.slice()]);
  }

  /** Returns true if the browser says that there is no network. */
  isOffline() {
    return globalThis.navigator?.onLine === false;
  }

  end() {
    this.#listen("removeEventListener");
    this.#close();
  }
}
