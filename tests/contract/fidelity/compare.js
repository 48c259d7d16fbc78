import { TABLES } from "./cases.js";
import { neverThrowing, outcome } from "./outcome.js";
import { ways } from "./ways.js";

/** Inputs that only a client with a baseUrl can resolve. */
const RELATIVE = ["undefined", "null", "a number", "the empty text", "a relative address"];

function isFor(way, table, name) {
  // A body that can be read only once is not resent.
  if (way === "sent again after a 429") return table !== "streams";
  const hasBase = way.startsWith("with headers");
  return !(hasBase && globalThis.location === undefined && table === "inputs" && RELATIVE.includes(name));
}

/**
 * Every call of the tables in every way: its name, and its outcomes with a bare fetch and with a client's.
 *
 * @param {typeof import("api-service-client").ApiServiceClient} ApiServiceClient
 * @param {string} base the server's address
 */
export async function compare(ApiServiceClient, base) {
  const url = (path) => new URL(path, base).href;
  const results = [];
  for (const [table, calls] of Object.entries(TABLES))
    for (const [name, call] of Object.entries(calls)) {
      const bare = await outcome(() => call(neverThrowing(globalThis.fetch), url));
      for (const [way, carry] of Object.entries(ways(ApiServiceClient, base)))
        if (isFor(way, table, name)) {
          const ours = await outcome(() => carry((fetch) => call(neverThrowing(fetch), url)));
          results.push({ table, name, way, bare, ours });
        }
    }
  return results;
}
