// One client in a thread of its own.
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { callers } from "./callers.js";

const { kind, url, headers, requests } = workerData;
const sends = [];

/** Comparable between threads. */
const now = () => performance.timeOrigin + performance.now();

/** The transport of every client: it writes down each attempt. */
async function transport(input, init) {
  const at = now();
  const response = await fetch(input, init);
  sends.push({ at, answeredAt: now(), status: response.status });
  return response;
}

const call = callers[kind]({ url, headers, fetch: transport });
parentPort.postMessage("ready");
await once(parentPort, "message");

const one = async (number) => {
  const response = await call(`${url}/api/v1/resource/${number}`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`status ${response.status}`);
};
const outcomes = await Promise.allSettled(Array.from({ length: requests }, (_, number) => one(number)));
const lost = outcomes.filter(({ status }) => status === "rejected").length;
parentPort.postMessage({ sends, lost, answered: outcomes.length - lost });
