import { outcomeOf } from "./measures.mjs";
import { Network } from "./network.mjs";
import { Random } from "./random.mjs";
import { gatewayOf } from "./scenarios.mjs";
import { installChannel } from "./virtual-channel.mjs";
import { replace, VirtualClock } from "./virtual-clock.mjs";

// A library that goes on for ever is stopped: after so many sends for each call, or after a day.
const MOST_SENDS_A_CALL = 100;
const LONGEST = 86_400_000_000;

// What a browser hides, it hides from a page of another origin.
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
        // Said once to whoever has written a page, it would be said once for each run here.
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

/** The calls of the same moment, as pages make them: one after the other, in one task of each. */
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
  /** Why the run was stopped before all calls had ended. */
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
    // What ends because the run was stopped has not ended by itself.
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
