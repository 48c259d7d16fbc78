import { callers } from "./callers.js";

/** A clock that is comparable between threads. */
const now = () => performance.timeOrigin + performance.now();

/**
 * A client in a thread of Node or in a web worker.
 *
 * @returns {() => Promise<{ sends: import("../group.js").Send[], answered: number, lost: number }>} sends
 *   everything at once
 */
export function client({ kind, url, headers, requests, ApiServiceClient }) {
  const sends = [];
  /** The transport of every client. It records each attempt. */
  const transport = async (input, init) => {
    const at = now();
    const response = await fetch(input, init);
    sends.push({ at, answeredAt: now(), status: response.status });
    return response;
  };
  const call = callers[kind]({ url, headers, fetch: transport, ApiServiceClient });
  const one = async (number) => {
    const response = await call(`${url}/api/v1/resource/${number}`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`status ${response.status}`);
  };
  return async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: requests }, (_, number) => one(number)));
    const lost = outcomes.filter(({ status }) => status === "rejected").length;
    return { sends, lost, answered: outcomes.length - lost };
  };
}
