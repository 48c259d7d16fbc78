// The persisted state of a scope: an entry of localStorage each. If there is no storage, or it is blocked, full or holds
// something else, nothing persists and nothing fails.

// A longer entry is ignored. The core validates the others.
const MAX_ENTRY_LENGTH = 4_096;

const entryOf = (scope) => `api-service-client:${scope.toString(36)}`;

// Not the global of that name: in Node it is a file that all programs share, and reading it prints a warning.
const storage = () => globalThis.window.localStorage;

/** Returns the time at which the state of a scope was saved, and the state; undefined if there is none. */
export function load(scope) {
  try {
    const entry = storage().getItem(entryOf(scope));
    const saved = entry.length <= MAX_ENTRY_LENGTH ? JSON.parse(entry) : undefined;
    if (Array.isArray(saved)) return Float64Array.from(saved);
  } catch {}
}

/** Saves the state of a scope; removes the entry if the state is empty. */
export function save(scope, state) {
  try {
    if (state.length === 0) storage().removeItem(entryOf(scope));
    else storage().setItem(entryOf(scope), JSON.stringify([Date.now(), ...state]));
  } catch {}
}
