import { ApiServiceClient } from "api-service-client";

const ROUNDS = 3;

/**
 * The cost of a waiting request among `count` others.
 *
 * Measures the bytes that it holds, including the caller's promise, and the time to abort it or to send and
 * settle it.
 */
export async function* waiting({ counts, transport, collect, url }) {
  for (const count of counts) yield [`${count} waiting`, await measure({ count, transport, collect, url })];
}

async function measure({ count, transport, collect, url }) {
  const client = new ApiServiceClient({ fetch: transport, maxQueue: count, tabs: false, persist: false });
  // Memory allocated once for the first request does not count.
  await client.fetch(url);
  client.pause();
  const before = held(collect);
  const calls = Array.from({ length: count }, () => client.fetch(url));
  const bytes = (held(collect) - before) / count;
  const sent = performance.now();
  client.resume();
  await Promise.all(calls);
  const dispatch = performance.now() - sent;
  client.pause();
  const { ours, platforms } = await abort({
    count,
    collect,
    call: (signal) => client.fetch(url, { signal }),
  });
  client.close();
  const each = (ms) => ((ms * 1_000) / count).toFixed(2);
  return {
    "bytes held": Math.round(bytes),
    "µs to abort": each(ours),
    "more than the platform": each(ours - platforms),
    "µs to send and settle": each(dispatch),
  };
}

/** Repeats the measurement: the medians of an abort with this client, and of one without it. */
async function abort({ count, collect, call }) {
  const [ours, platforms] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    platforms.push(await aborts(count, rejectedBy, collect));
    ours.push(await aborts(count, call, collect));
  }
  const median = (times) => times.sort((a, b) => a - b)[ROUNDS >> 1];
  return { ours: median(ours), platforms: median(platforms) };
}

/**
 * The processor time of `count` aborts, in ms. The platform does most of the work, so elapsed time would
 * mostly measure the machine's other load.
 */
async function aborts(count, call, collect) {
  const controllers = Array.from({ length: count }, () => new AbortController());
  const calls = controllers.map(({ signal }) => call(signal).catch(() => {}));
  collect();
  const start = process.cpuUsage();
  // Aborts are out of call order, since the first in the queue is the easiest case.
  for (let i = 0; i < count; i++) controllers[(i * 7_919) % count].abort();
  const { user, system } = process.cpuUsage(start);
  await Promise.all(calls);
  return (user + system) / 1_000;
}

/** The cost of an abort without a client: the event, the error, and a promise that rejects with it. */
function rejectedBy(signal) {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The heap and the memory outside it, which includes WebAssembly's. */
function held(collect) {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
