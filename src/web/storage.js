// What of a scope survives a reload: one entry of localStorage each. Where there is none, or it is blocked, full or
// holds something else, nothing does, and nobody is told: the client does as well without.

// Whatever is longer is none of ours. What is in one is for the core to judge.
const LONGEST_ENTRY = 4_096;

const entryOf = (scope) => `api-service-client:${scope.toString(36)}`;

// Not the global by that name, which in Node is a file of everyone's, and complains of being looked at.
const storage = () => globalThis.window.localStorage;

/** What was kept of a scope: when, and the memory; undefined if nothing was. */
export function recall(scope) {
  try {
    const entry = storage().getItem(entryOf(scope));
    const kept = entry.length <= LONGEST_ENTRY ? JSON.parse(entry) : undefined;
    if (Array.isArray(kept)) return Float64Array.from(kept);
  } catch {}
}

/** Keeps the memory of a scope. One without anything in it is not worth an entry. */
export function keep(scope, memory) {
  try {
    if (memory.length === 0) storage().removeItem(entryOf(scope));
    else storage().setItem(entryOf(scope), JSON.stringify([Date.now(), ...memory]));
  } catch {}
}
