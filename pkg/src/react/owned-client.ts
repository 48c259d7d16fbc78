import type { ApiServiceClientOptions } from "api-service-client";
import { ApiServiceClient } from "api-service-client";

/**
 * A client that belongs to a part of the React tree: made when it is first asked for, closed when that part is gone.
 *
 * A render is only a proposal. StrictMode renders twice, Suspense starts over, a server never commits at all; and of
 * what React throws away, no effect tells. So two things end a client: the effects of a tree that was committed, at
 * once; and the garbage collector, where none ever ran.
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

  /** As an effect: the client stays open while one of those that hold it does. Returns what lets it go. */
  hold(): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
      // StrictMode and Fast Refresh end an effect and start it again at once. And the effects of the components below
      // end in this same task: what they abort has to end as aborted, not as closed.
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

/** A promise of a discarded render may be what the next render waits for. */
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
