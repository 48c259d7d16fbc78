import type { ApiServiceClient } from "api-service-client";

export interface Span {
  /** On the clock of performance.now(). */
  from: number;
  to: number;
}

/** The pauses of the client. */
export class Pauses {
  readonly #over: Span[] = [];
  #since: number | null = null;

  /** Records the pauses of `client` until the returned function is called. */
  follow(client: ApiServiceClient): () => void {
    return client.subscribe(() => {
      const paused = client.getState().status === "paused";
      const now = performance.now();
      if (paused) this.#since ??= now;
      else if (this.#since !== null) {
        this.#over.push({ from: this.#since, to: now });
        this.#since = null;
      }
    });
  }

  /** The pauses so far; a running pause ends at `now`. */
  until(now: number): Span[] {
    return this.#since === null ? this.#over : [...this.#over, { from: this.#since, to: now }];
  }
}
