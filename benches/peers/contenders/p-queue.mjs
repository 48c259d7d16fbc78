import PQueue from "p-queue";
import { ENDPOINT } from "./endpoint.mjs";
import { waitMs } from "./wait.mjs";

// The advice of p-queue's maintainer: pause the queue in one's own code, and add the task again in front.
class PausingQueue {
  #queue;
  #fetch;
  #throttlesInARow = 0;
  #pauses = 0;

  constructor(fetch, concurrency) {
    this.#fetch = fetch;
    this.#queue = new PQueue({ concurrency });
  }

  async call() {
    for (let priority = 0; ; priority = 1) {
      const response = await this.#queue.add(() => this.#send(), { priority });
      if (response.status !== 429) return response;
    }
  }

  async #send() {
    const pausesBefore = this.#pauses;
    const response = await this.#fetch(ENDPOINT);
    if (response.status !== 429) this.#throttlesInARow = 0;
    // A request sent before the pause brings no news.
    else if (pausesBefore === this.#pauses) this.#pause(waitMs(response, this.#throttlesInARow));
    return response;
  }

  #pause(ms) {
    this.#throttlesInARow += 1;
    this.#pauses += 1;
    this.#queue.pause();
    setTimeout(() => this.#queue.start(), ms);
  }
}

const withConcurrency = (concurrency) => ({
  create({ fetch }) {
    const queue = new PausingQueue(fetch, concurrency);
    return { call: () => queue.call() };
  },
});

export const serial = { name: "p-queue, paused by hand, concurrency 1", ...withConcurrency(1) };
export const few = { name: "p-queue, paused by hand, concurrency 4", ...withConcurrency(4) };
export const concurrent = { name: "p-queue, paused by hand, concurrency 16", ...withConcurrency(16) };
