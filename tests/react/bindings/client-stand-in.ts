import type { ApiServiceClientOptions, ThrottleState } from "api-service-client";

/** A client whose state the test sets. It records every instance. */
export class ApiServiceClient {
  /** Every client created since the last reset. */
  static made: ApiServiceClient[] = [];

  static open(): ApiServiceClient[] {
    return ApiServiceClient.made.filter((client) => client.#state.status !== "closed");
  }

  readonly #listeners = new Set<() => void>();
  #state: ThrottleState = {
    status: "open",
    resumeAt: null,
    queued: 0,
    inFlight: 0,
    message: null,
    scopes: {},
  };

  constructor(readonly options?: ApiServiceClientOptions) {
    ApiServiceClient.made.push(this);
  }

  readonly getState = (): ThrottleState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get listeners(): number {
    return this.#listeners.size;
  }

  get closed(): boolean {
    return this.#state.status === "closed";
  }

  set(change: Partial<ThrottleState>): void {
    this.#state = Object.freeze({ ...this.#state, ...change });
    for (const listener of [...this.#listeners]) listener();
  }

  /** Pauses as after a 429 with `Retry-After: seconds`. */
  pauseFor(seconds: number, message = BUSY): void {
    this.set({ status: "paused", resumeAt: Date.now() + seconds * 1_000, message });
  }

  flow(): void {
    this.set({ status: "open", resumeAt: null, message: null });
  }

  close(): void {
    this.set({ status: "closed", message: null });
  }
}

export const BUSY = "The application is busy, please try again in a moment.";
