// Runs jobs on all processors. Each thread has its own clocks and random source to replace.

import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { CONTENDERS } from "./contenders/index.mjs";
import { run } from "./run.mjs";
import { SCENARIOS } from "./scenarios.mjs";

const byName = (list, name) => list.find((one) => one.name === name);

/**
 * Runs jobs of `{ scenario, contender, seed }`, given by name. Returns the outcomes in the order of the jobs.
 */
export async function runAll(jobs) {
  const outcomes = [];
  const waiting = jobs.entries();
  const work = async () => {
    const worker = new Worker(new URL(import.meta.url));
    try {
      for (const [index, job] of waiting) outcomes[index] = await ask(worker, job);
    } finally {
      await worker.terminate();
    }
  };
  const threads = Math.min(availableParallelism(), jobs.length);
  await Promise.all(Array.from({ length: threads }, work));
  return outcomes;
}

const ask = (worker, job) =>
  new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.postMessage(job);
  });

if (!isMainThread)
  parentPort.on("message", async ({ scenario, contender, seed }) => {
    parentPort.postMessage(await run(byName(SCENARIOS, scenario), byName(CONTENDERS, contender), seed));
  });
