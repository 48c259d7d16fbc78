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

/** Everything of `ApiServiceClient` but where its WebAssembly comes from. */
export abstract class BaseClient extends EventTarget {
  /**
   * A drop-in for `globalThis.fetch`, already bound: pass it as `fetch` to ky, axios, openapi-fetch, TanStack Query, an SDK.
   *
   * Resolves and rejects as `fetch` does, only later: a caller never sees a throttled 429 that could still be retried.
   * When the attempts are used up, or the request cannot be sent again (a stream body), it resolves with the last 429.
   * `init.signal` works in every state, and frees the request's place at once. `init.priority` ("high", "auto", "low")
   * also orders the queue; equal priorities leave in the order of the calls.
   *
   * What is sent is what was passed at the time of the call, even if the caller changes its objects while they wait.
   */
  readonly fetch: (input: RequestInfo | URL, init?: ApiRequestInit) => Promise<Response>;

  /** For `useSyncExternalStore(client.subscribe, client.getState)`. Both are bound. Returns the unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => ThrottleState;

  constructor(options: ApiServiceClientOptions | undefined) {
    super();
    const core = new Core(options, this);
    const calls = new Calls(core, this, options);
    halvesOfClients.set(this, { core, calls });
    this.fetch = calls.fetch;
    this.subscribe = (listener) => {
      // A function of its own for each subscription: the same listener may subscribe twice.
      const onChange = () => listener();
      this.addEventListener("statechange", onChange);
      return () => this.removeEventListener("statechange", onChange);
    };
    this.getState = () => this.state;
    // Not every browser has the symbol yet.
    if (Symbol.dispose) this[Symbol.dispose] = () => this.close();
  }

  /** A frozen, structurally stable snapshot: the same object until something in it changes. */
  get state(): ThrottleState {
    return halvesOf(this).core.state();
  }

  /**
   * Tells the client of a throttled response that it did not make itself (an SDK's, a WebSocket handshake's),
   * so that the scope pauses as if it had. Returns how long it now pauses, in milliseconds; 0 for a response that is no throttle.
   */
  handleThrottlingError(
    response: Response | { status: number; headers?: HeadersInit; url?: string },
  ): number {
    return halvesOf(this).calls.handleThrottlingError(response);
  }

  /** Holds the queue by hand; without `durationMs`, until resume(). */
  pause(durationMs?: number): void {
    halvesOf(this).calls.pause(durationMs);
  }

  /** Ends any pause now, the gateway's too. Recovery still starts with one probe. */
  resume(): void {
    halvesOf(this).core.resume();
  }

  /** Rejects what is queued with ClientClosedError and every later call; what is in flight ends by itself. Idempotent. */
  close(): void {
    halvesOf(this).core.close();
  }

  /** What `JSON.stringify` shows of a client: its state. */
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
    // Changes are announced only once somebody listens.
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

// `using client = new ApiServiceClient()` ends with close(), where the platform knows the symbol.
export interface BaseClient {
  [Symbol.dispose](): void;
}
