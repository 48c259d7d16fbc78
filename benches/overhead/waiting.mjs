import { ApiServiceClient } from "api-service-client";

const ROUNDS = 3;

/**
 * What a request costs that waits, with so many others: the bytes that it holds, the promise of its caller included,
 * and the time to abort it, or to send it and settle it.
 */
export async function* waiting({ counts, transport, collect, url }) {
  for (const count of counts) yield [`${count} waiting`, await measure({ count, transport, collect, url })];
}

async function measure({ count, transport, collect, url }) {
  const client = new ApiServiceClient({ fetch: transport, maxQueue: count, tabs: false, persist: false });
  // What is allocated once, for the first request, is no cost of each.
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

/** As often as it takes to be sure: the medians of an abort of ours, and of one without us beside it. */
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
 * How long it takes to abort so many calls, in ms: of the processor, since most of it is what the platform does, and
 * what else the machine does meanwhile would be more than the rest.
 */
async function aborts(count, call, collect) {
  const controllers = Array.from({ length: count }, () => new AbortController());
  const calls = controllers.map(({ signal }) => call(signal).catch(() => {}));
  collect();
  const start = process.cpuUsage();
  // Not in the order of the calls: the first in line would be the easiest.
  for (let i = 0; i < count; i++) controllers[(i * 7_919) % count].abort();
  const { user, system } = process.cpuUsage(start);
  await Promise.all(calls);
  return (user + system) / 1_000;
}

/** What an abort costs without us: the event, the error, and a promise that is rejected with it. */
function rejectedBy(signal) {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The heap, and what is outside of it: the memory of WebAssembly is. */
function held(collect) {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
