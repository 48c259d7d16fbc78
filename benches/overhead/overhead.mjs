// The cost of a request over the bare call: time, and memory while it waits.
//
// The transport answers at once with the same Response, so nothing else is measured. Run it with
// `node benches/overhead/overhead.mjs`.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { contenders } from "./contenders.mjs";
import { waiting } from "./waiting.mjs";

const REQUESTS = 30_000;
const AT_ONCE = 10_000;
const ROUNDS = 3;
const URL = "https://api.example.com/items";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const response = new Response(null, { status: 204 });
const transport = async () => response;

async function oneAfterAnother(fetch) {
  for (let i = 0; i < REQUESTS; i++) await fetch(URL);
}

async function atOnce(fetch) {
  for (let i = 0; i < REQUESTS; i += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => fetch(URL)));
}

/** Microseconds a request: the median of the rounds after a warm-up round. */
async function micros(run, fetch) {
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round++) {
    collect();
    const start = performance.now();
    await run(fetch);
    rounds.push(((performance.now() - start) * 1_000) / REQUESTS);
  }
  return rounds.slice(1).sort((a, b) => a - b)[ROUNDS >> 1];
}

const shown = (number) => number.toFixed(2);
const bare = [await micros(oneAfterAnother, transport), await micros(atOnce, transport)];
console.log(`The bare call: ${bare.map(shown).join(" µs one after another, ")} µs at once`);

const costs = {};
for (const [name, fetch] of await contenders(transport))
  costs[name] = {
    "µs one after another": shown((await micros(oneAfterAnother, fetch)) - bare[0]),
    "µs, 10,000 at once": shown((await micros(atOnce, fetch)) - bare[1]),
  };
console.log(`Beyond that, a request (medians of ${ROUNDS} times ${REQUESTS}):`);
console.table(costs);

console.log("Of api-service-client, while its queue is paused:");
const held = {};
for await (const [name, row] of waiting({ counts: [10_000, 100_000], transport, collect, url: URL }))
  held[name] = row;
console.table(held);
