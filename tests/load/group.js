import { once } from "node:events";
import { Worker } from "node:worker_threads";

const WORKER = new URL("./worker.js", import.meta.url);

/**
 * One attempt of a request: when it left and when its answer was there, in milliseconds since the group's first.
 *
 * @typedef {{ at: number, answeredAt: number, status: number }} Send
 */

/**
 * Several clients of one kind, each in a thread of its own, with so many requests each.
 *
 * @returns {Promise<{ kind: string, title: string, what: string, sends: Send[], answered: number, lost: number, ms: number }>}
 */
export async function send({ kind, title, what, url, headers, workers, requests }) {
  const threads = Array.from(
    { length: workers },
    () => new Worker(WORKER, { workerData: { kind, url, headers, requests } }),
  );
  // Together, once all have loaded what they need.
  await Promise.all(threads.map((thread) => once(thread, "message")));
  const reports = threads.map(async (thread) => {
    const report = once(thread, "message");
    thread.postMessage("start");
    return (await report)[0];
  });
  const done = await Promise.all(reports);
  await Promise.all(threads.map((thread) => thread.terminate()));

  const sends = done.flatMap((report) => report.sends).sort((one, other) => one.at - other.at);
  const began = sends[0].at;
  for (const attempt of sends) {
    attempt.at -= began;
    attempt.answeredAt -= began;
  }
  const total = (name) => done.reduce((sum, report) => sum + report[name], 0);
  const ms = Math.max(...sends.map(({ answeredAt }) => answeredAt));
  return { kind, title, what, sends, answered: total("answered"), lost: total("lost"), ms };
}
