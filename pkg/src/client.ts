import { Core } from "#glue";
import { Calls } from "#web/calls.js";
import type {
  ApiRequestInit,
  ApiServiceClientEventMap,
  ApiServiceClientOptions,
  ThrottleState,
} from "./types";

interface Halves {
  readonly core: Core;
  readonly calls: Calls;
}

const halvesOfClients = new WeakMap<object, Halves>();

function halvesOf(client: object): Halves {
  const halves = halvesOfClients.get(client);
  if (!halves)
    throw new TypeError(
      "Not an ApiServiceClient. If this is a Proxy around one, as frameworks make to observe it, use the client itself.",
    );
  return halves;
}

/** `ApiServiceClient` without the start of its WebAssembly. */
export abstract class BaseClient extends EventTarget {
  /**
   * A drop-in for `globalThis.fetch`, already bound: pass it as `fetch` to ky, axios, openapi-fetch, TanStack Query, an SDK.
   *
   * It resolves and rejects as `fetch` does, only later. A throttled request is resent, and its caller does not see the 429.
   * After the last attempt, or if the request cannot be resent (a stream body), it resolves with the 429.
   * `init.signal` aborts a request in every state and frees its place at once. `init.priority` ("high", "auto", "low")
   * also orders the queue. Requests of equal priority leave in the order of the calls.
   *
   * The arguments are copied at the call: a later change of a waiting request's `init` has no effect.
   */
  readonly fetch: (input: RequestInfo | URL, init?: ApiRequestInit) => Promise<Response>;

  /** Calls `listener` after each change of the state. Bound, for `useSyncExternalStore`. Returns the unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Returns `state`. Bound, for `useSyncExternalStore(client.subscribe, client.getState)`. */
  readonly getState: () => ThrottleState;

  constructor(options: ApiServiceClientOptions | undefined) {
    super();
    const core = new Core(options, this);
    const calls = new Calls(core, this, options);
    halvesOfClients.set(this, { core, calls });
    this.fetch = calls.fetch;
    this.subscribe = (listener) => {
      // A new function for each subscription, since the same listener may subscribe twice.
      const onChange = () => listener();
      this.addEventListener("statechange", onChange);
      return () => this.removeEventListener("statechange", onChange);
    };
    this.getState = () => this.state;
    // Not every browser has the symbol yet.
    if (Symbol.dispose) this[Symbol.dispose] = () => this.close();
  }

  /** A snapshot: a frozen object, the same until something in it changes. */
  get state(): ThrottleState {
    return halvesOf(this).core.state();
  }

  /**
   * Takes a throttled response that this client did not request, such as an SDK's, and pauses its scope.
   * Returns the length of the pause in milliseconds; 0 for a response that is no throttle.
   */
  handleThrottlingError(
    response: Response | { status: number; headers?: HeadersInit; url?: string },
  ): number {
    return halvesOf(this).calls.handleThrottlingError(response);
  }

  /** Pauses every scope; without `durationMs`, until `resume()`. */
  pause(durationMs?: number): void {
    halvesOf(this).calls.pause(durationMs);
  }

  /** Ends every pause, the gateway's included. The recovery starts with one probe. */
  resume(): void {
    halvesOf(this).core.resume();
  }

  /** Rejects every waiting request and every later call with `ClientClosedError`. Requests in flight continue. Idempotent. */
  close(): void {
    halvesOf(this).core.close();
  }

  /** Returns the state, for `JSON.stringify`. */
  toJSON(): ThrottleState {
    return this.state;
  }

  override addEventListener<K extends keyof ApiServiceClientEventMap>(
    type: K,
    listener: (event: ApiServiceClientEventMap[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  override addEventListener(
    type: string,
    listener: unknown,
    options?: AddEventListenerOptions | boolean,
  ): void {
    // The core dispatches `statechange` only once there is a listener.
    const { core } = halvesOf(this);
    if (type === "statechange") core.watch();
    super.addEventListener(type, listener as EventListenerOrEventListenerObject | null, options);
  }

  override removeEventListener<K extends keyof ApiServiceClientEventMap>(
    type: K,
    listener: (event: ApiServiceClientEventMap[K]) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
  override removeEventListener(
    type: string,
    listener: unknown,
    options?: EventListenerOptions | boolean,
  ): void {
    super.removeEventListener(type, listener as EventListenerOrEventListenerObject | null, options);
  }
}

// `using client = new ApiServiceClient()` ends with close(), if the platform has the symbol.
export interface BaseClient {
  [Symbol.dispose](): void;
}
