// The JavaScript half of the client: what only JavaScript can do with a call of fetch, or does in far fewer bytes.
// Whether and when anything is sent is decided on the other side.
import { Announcer } from "./announcer.js";
import { Call, dice, fieldsOf } from "./call.js";
import { Lane } from "./lane.js";
import { checkedMillis, readOptions } from "./options.js";
import { stateOf } from "./state.js";
import { absoluteUrl, originOf, pageUrl } from "./urls.js";

/** Frees the scopes of clients that nobody refers to any more. */
const abandoned = new FinalizationRegistry(({ core, numbers }) => {
  for (const number of numbers) core.release(number);
});

/** One client's calls. */
export class Calls {
  #options;
  #origin;
  #lanes = new Map();
  /** What the core knows its scopes by. The first carries no call: the others are made like it. */
  #numbers;
  #target;
  #announcer;
  #state;
  #isClosed = false;

  /**
   * @param core the functions of the WebAssembly half
   * @param target where events go; kept alive for as long as one of the calls is
   * @param options the options of the client
   */
  constructor(core, target, options) {
    this.core = core;
    this.#options = readOptions(options);
    this.#target = target;
    this.#announcer = new Announcer(target);
    const { baseUrl, maxInFlight, maxAttempts, maxPauseMs, maxQueue, backoff, jitter, plan } = this.#options;
    this.page = baseUrl ?? pageUrl();
    const origin = originOf(this.page ?? "");
    // Where origins are opaque, "null" is no one's: two of them are never the same.
    this.#origin = origin === "null" ? undefined : origin;
    // The core has the defaults: what is not given is NaN to it.
    const limits = [maxInFlight, maxAttempts, maxPauseMs, maxQueue, backoff.baseMs, backoff.maxMs].map(
      Number,
    );
    this.#numbers = [core.open(...limits, jitter, Number(plan?.rate), Number(plan?.burst))];
    abandoned.register(this, { core, numbers: this.#numbers });
    this.fetch = (input, init) => {
      try {
        return this.#take(new Call(this, input, init), init);
      } catch (error) {
        // fetch never throws: whatever is wrong with what it is given, it says so by its promise.
        return Promise.reject(error);
      }
    };
  }

  #take(call, init) {
    call.signal?.throwIfAborted();
    const name = init?.throttle?.scope;
    const lane = this.#lane(
      name === undefined ? this.#nameOf(call.url, call.origin, call.method) : String(name),
    );
    const promise = call.enter(lane, init, this.#options.maxWaitMs ?? NaN);
    lane.drive();
    return promise;
  }

  #nameOf(url, origin, method) {
    const { scope } = this.#options;
    return typeof scope === "function" ? String(scope(new URL(url), method)) : origin;
  }

  /** The scope of this name. A client that has none yet makes it. */
  #lane(name) {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      const number = this.core.another(this.#numbers[0]);
      this.#numbers.push(number);
      lane = new Lane(this, number, name);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  /** An answer that was not made to one of our calls. */
  handleThrottlingError(response) {
    const { status, headers } = response;
    if (status !== 429 && status !== 503) return 0;
    const url = absoluteUrl(response.url || ".", this.page);
    const lane = this.#lane(url === undefined ? "null" : this.#nameOf(url, originOf(url), "GET"));
    const paused = this.core.answeredElsewhere(lane.number, status, fieldsOf(response), dice());
    if (paused < 0) return 0;
    // Listeners are promised a Response, whatever library the answer comes from.
    lane.cause = response instanceof Response ? response : new Response(null, { status, headers });
    lane.drive();
    return paused;
  }

  pause(durationMs) {
    const duration = checkedMillis("durationMs", durationMs);
    // A page that pauses before its first call is to see itself paused.
    if (this.#lanes.size === 0) this.#lane(this.#origin ?? "null");
    this.#each((number) => this.core.pause(number, duration));
  }

  resume() {
    this.#each((number) => this.core.resume(number));
  }

  close() {
    this.#isClosed = true;
    this.#state = undefined;
    this.#each((number) => this.core.close(number));
  }

  #each(change) {
    this.#numbers.forEach(change);
    for (const lane of [...this.#lanes.values()]) lane.drive();
  }

  state() {
    const lanes = [...this.#lanes.values()];
    // Every scope is looked at: each brings itself up to date.
    const changed = lanes.filter((lane) => lane.look());
    if (this.#state === undefined || changed.length > 0) this.#state = stateOf(lanes, this.#isClosed);
    return this.#state;
  }

  /** Somebody listens for changes of the state from now on. */
  watch() {
    this.#announcer.watch();
  }

  changed() {
    this.#announcer.changed();
  }

  /** Tells listeners. What one throws is reported by the platform and stops nothing. */
  tell(kind, detail) {
    this.#target.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** What the notification is to say. A function that throws, or returns no words, is as good as none. */
  words(detail) {
    const { message } = this.#options;
    if (typeof message !== "function") return message;
    try {
      const words = message(detail);
      return typeof words === "string" ? words : undefined;
    } catch {
      return undefined;
    }
  }

  /** Resolves what a caller passed as fetch would, but against baseUrl. */
  resolve(input) {
    const { baseUrl } = this.#options;
    return baseUrl === undefined ? input : (absoluteUrl(input, baseUrl) ?? input);
  }

  /** Hands one send to the transport. */
  carry(call) {
    const headers = call.origin === this.#origin ? this.#options.headers : undefined;
    if (headers === undefined) return this.#send(call.nextInput(), call.init);
    const now = typeof headers === "function" ? headers() : headers;
    const send = (known) => {
      // It may have been aborted meanwhile, even by the function itself.
      call.signal?.throwIfAborted();
      return this.#send(...call.withHeaders(known));
    };
    return typeof now?.then === "function" ? Promise.resolve(now).then(send) : send(now);
  }

  #send(input, init) {
    // Called as a plain function, and looked up anew each time: a page may replace the global fetch at any time.
    const transport = this.#options.fetch ?? globalThis.fetch;
    return init === undefined ? transport(input) : transport(input, init);
  }
}
