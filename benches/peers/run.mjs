import { outcomeOf } from "./measures.mjs";
import { Network } from "./network.mjs";
import { Random } from "./random.mjs";
import { gatewayOf } from "./scenarios.mjs";
import { installChannel } from "./virtual-channel.mjs";
import { replace, VirtualClock } from "./virtual-clock.mjs";

// A library that goes on without end is stopped after 100 sends for each call, or after a day.
const MOST_SENDS_A_CALL = 100;
const LONGEST = 86_400_000_000;

// The page's origin differs from the gateway's, so the browser's rules for cross-origin answers apply.
const PAGE = "https://page.example.com";

/** Runs a scenario once with a contender. The same seed gives the same outcome. */
export async function run(scenario, contender, seed) {
  const [arrivals, travel, jitter, talk] = [1, 2, 3, 4].map((stream) => new Random(seed, stream));
  const calls = scenario.calls(arrivals);
  const log = new Log(calls);
  const clock = new VirtualClock();
  const network = new Network({ clock, gateway: gatewayOf(scenario), scenario, random: travel, log });
  const { tabs = 1 } = scenario;
  const undo = [clock.install(), jitter.install()];
  if (tabs > 1) undo.push(installChannel(clock, talk, scenario.talk));
  if (scenario.hidesThrottles)
    undo.push(
      replace([
        [globalThis, "origin", PAGE],
        // A warning printed once for each page would be printed once for each run here.
        [console, "warn", () => {}],
      ]),
    );
  try {
    const clients = Array.from({ length: tabs }, () =>
      contender.create({
        fetch: contender.tellsErrorsApart ? network.fetch : network.fetchThatNeverFails,
        scenario,
      }),
    );
    for (const [at, indices] of together(calls))
      clients.forEach((client, tab) => {
        const own = indices.filter((index) => index % tabs === tab);
        clock.at(at, () => {
          for (const index of own)
            follow(client.call(index), (isServed) => log.ended({ at: clock.now, called: at, tab, isServed }));
        });
      });
    await clock.run(() => log.isOver(clock.now));
    network.close();
    for (const client of clients) client.close?.();
  } finally {
    for (const restore of undo) restore();
  }
  return outcomeOf(scenario, log);
}

function follow(promise, ended) {
  promise.then(
    () => ended(true),
    () => ended(false),
  );
}

/** Makes the calls of the same moment as pages do: one after the other, each in a task of its own. */
function together(calls) {
  const moments = new Map();
  calls.forEach((at, index) => {
    if (!moments.has(at)) moments.set(at, []);
    moments.get(at).push(index);
  });
  return moments;
}

class Log {
  sends = [];
  rejections = [];
  ends = [];
  /** The reason if the run was stopped before all calls had ended. */
  stopped;

  constructor(calls) {
    this.calls = calls;
  }

  sent(at) {
    this.sends.push(at);
  }

  rejected(at) {
    this.rejections.push(at);
  }

  ended(end) {
    // Calls that end because the run was stopped do not count.
    if (this.stopped === undefined) this.ends.push(end);
  }

  isOver(now) {
    if (this.ends.length === this.calls.length) return true;
    if (this.sends.length >= MOST_SENDS_A_CALL * this.calls.length)
      this.stopped = `after ${this.sends.length} sends`;
    else if (now > LONGEST) this.stopped = "after a day";
    return this.stopped !== undefined;
  }
}
