import type { ApiServiceClientOptions } from "api-service-client";
import { ApiServiceClient } from "api-service-client";

/**
 * A client that belongs to a part of the React tree: made at its first use, closed when that part is unmounted.
 *
 * StrictMode renders twice, Suspense starts over, and a server never commits; React runs no effect for a discarded
 * render. So the effects of a committed tree close the client, and the garbage collector closes the client of a tree
 * that was never committed.
 */
export class OwnedClient {
  readonly #options: ApiServiceClientOptions | undefined;
  #client: ApiServiceClient | undefined;
  #holders = 0;

  constructor(options: ApiServiceClientOptions | undefined) {
    this.#options = options;
  }

  get client(): ApiServiceClient {
    if (this.#client === undefined) {
      this.#client = new ApiServiceClient(this.#options);
      abandoned.register(this, this.#client, this);
    }
    return this.#client;
  }

  /** Keeps the client open, for an effect. Returns the function that releases it. */
  hold(): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
      // StrictMode and Fast Refresh end an effect and restart it at once. The effects of the components below end in the
      // same task, and the requests that they abort must reject as aborted, not as closed.
      queueMicrotask(() => {
        if (this.#holders === 0) this.#close();
      });
    };
  }

  #close(): void {
    abandoned.unregister(this);
    this.#client?.close();
    this.#client = undefined;
  }
}

const abandoned = new FinalizationRegistry<ApiServiceClient>(closeWhenIdle);

/** Waits until the client is idle: the next render may use a promise of a discarded render. */
function closeWhenIdle(client: ApiServiceClient): void {
  const unsubscribe = client.subscribe(closeIfIdle);
  closeIfIdle();

  function closeIfIdle(): void {
    const { queued, inFlight } = client.getState();
    if (queued + inFlight > 0) return;
    unsubscribe();
    client.close();
  }
}
