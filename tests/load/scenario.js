import { setTimeout as sleep } from "node:timers/promises";
import { openBrowser } from "./clients/browser.js";
import { threads } from "./clients/threads.js";
import { flood } from "./flood.js";
import { send } from "./group.js";

/**
 * The two kinds of clients.
 *
 * @type {{ kind: "naive" | "package", title: string, what: string }[]}
 */
export const GROUPS = [
  {
    kind: "naive",
    title: "Naive clients",
    what: "Everything at once. Each refused request waits for its own Retry-After and is sent again.",
  },
  {
    kind: "package",
    title: "With this package",
    what: "The same requests through ApiServiceClient with default options.",
  },
];

/**
 * Runs both groups above the limit, then the flood.
 *
 * @param {{ name: string, serve: import("../interop/targets/index.js").Serve }} source
 * @param {ReturnType<import("./options.js").given>} options
 */
export async function run(source, options) {
  const place = options.browser ? await openBrowser() : threads;
  let groups;
  try {
    groups = await sideBySide(source, place, options);
  } finally {
    await place.close();
  }
  const result = { name: source.name, place: place.name, options, ...groups };
  if (options.floodRate > 0) result.flood = await refused(source, options);
  return result;
}

/**
 * Runs each group with a key and bucket of its own. With a single key, the groups run one after the other.
 */
async function sideBySide(source, place, options) {
  const target = await source.serve(options, GROUPS.length);
  const start = (group, index) => send(place, { ...options, ...group, ...target.keys[index] });
  let groups;
  if (target.isShared) {
    groups = [];
    for (const group of GROUPS) {
      // The wait refills the bucket.
      if (groups.length > 0) await sleep((options.burst / options.rate) * 1_000);
      groups.push(await start(group, groups.length));
    }
  } else {
    groups = await Promise.all(GROUPS.map(start));
  }
  const decisions = await target.decisions?.();
  groups.forEach((group, index) => {
    group.decisions = decisions?.[index];
  });
  return { groups, seen: await target.seen?.(), stats: await target.stats?.() };
}

/** Floods a fresh gateway, so that its counts contain the flood alone. */
async function refused(source, options) {
  const target = await source.serve(options);
  const answers = await flood({ ...options, ...target.keys[0] });
  const [decisions] = (await target.decisions?.()) ?? [];
  const [seen, stats, metrics] = [await target.seen?.(), await target.stats?.(), await target.metrics?.()];
  return { ...answers, decisions, seen, stats, metrics };
}
