import { useSyncExternalStore } from "react";

/**
 * The progress of a request. `refused` means sent and answered with a 429; the request waits to be resent.
 */
export type Progress = "waiting" | "refused" | "sent" | "done" | "failed";

export interface Counts {
  total: number;
  /** Includes refused requests. */
  waiting: number;
  onTheWire: number;
  done: number;
  failed: number;
}

/** An answer of the gateway, with its arrival. */
export interface Answer {
  /** On the clock of performance.now(). */
  at: number;
  refused: boolean;
}

const PATH = "/api/v1/resource/";

/** Every request of the session with its progress. Listeners are called at most once a frame. */
export class Ledger {
  readonly progress: Progress[] = [];
  readonly answers: Answer[] = [];
  #counts: Counts = { total: 0, waiting: 0, onTheWire: 0, done: 0, failed: 0 };
  #stale = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getCounts = (): Counts => this.#counts;

  /** Calls for `count` more resources at once, as a page that renders a long list does. */
  send(count: number, fetch: (path: string) => Promise<Response>): void {
    const first = this.progress.length;
    for (let number = first; number < first + count; number += 1) {
      this.#mark(number, "waiting");
      fetch(`${PATH}${number}`)
        .then(async (response) => {
          await response.text();
          this.#mark(number, response.ok ? "done" : "failed");
        })
        .catch(() => this.#mark(number, "failed"));
    }
  }

  /** The client's transport. It sees each send, while the caller sees only the result. */
  readonly transport = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input);
    const number = Number(url.slice(url.lastIndexOf("/") + 1));
    this.#mark(number, "sent");
    const response = await fetch(input, init);
    const refused = response.status === 429;
    this.answers.push({ at: performance.now(), refused });
    if (refused) this.#mark(number, "refused");
    return response;
  };

  #mark(number: number, progress: Progress): void {
    this.progress[number] = progress;
    if (this.#stale) return;
    this.#stale = true;
    requestAnimationFrame(() => {
      this.#stale = false;
      this.#counts = count(this.progress);
      for (const listener of this.#listeners) listener();
    });
  }
}

/** Renders again whenever the counts change. */
export function useProgress(ledger: Ledger): Counts {
  return useSyncExternalStore(ledger.subscribe, ledger.getCounts);
}

function count(progress: readonly Progress[]): Counts {
  const of: Record<Progress, number> = { waiting: 0, refused: 0, sent: 0, done: 0, failed: 0 };
  for (const one of progress) of[one] += 1;
  return {
    total: progress.length,
    waiting: of.waiting + of.refused,
    onTheWire: of.sent,
    done: of.done,
    failed: of.failed,
  };
}
