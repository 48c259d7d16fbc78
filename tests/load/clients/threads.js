import { once } from "node:events";
import { Worker } from "node:worker_threads";

const THREAD = new URL("./thread.js", import.meta.url);

/**
 * Clients in threads of Node.
 *
 * @type {import("../group.js").Place}
 */
export const threads = {
  name: "threads of Node",
  async gather({ workers, ...work }) {
    const crew = Array.from({ length: workers }, () => new Worker(THREAD, { workerData: work }));
    await Promise.all(crew.map((thread) => once(thread, "message")));
    return async () => {
      const reports = crew.map(async (thread) => {
        const report = once(thread, "message");
        thread.postMessage("start");
        return (await report)[0];
      });
      const done = await Promise.all(reports);
      await Promise.all(crew.map((thread) => thread.terminate()));
      return done;
    };
  },
  async close() {},
};
