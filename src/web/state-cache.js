// The public state of a client: a frozen object that stays the same until something in it changes.

import { SCOPE_NUMBERS, STATUSES } from "./border.js";

export class StateCache {
  #known = new Map();
  #scopes = [];
  #before = [];
  #wasClosed = false;
  #state;

  /** Adds a visible scope to the next state. `message` is the text of its notification. */
  scope(name, numbers, message) {
    const known = this.#known.get(name);
    const isKnown =
      known !== undefined &&
      known.message === message &&
      numbers.every((number, i) => Object.is(number, known.numbers[i]));
    const shown = isKnown ? known : { name, numbers: numbers.slice(), message, state: scopeState(numbers) };
    this.#known.set(name, shown);
    this.#scopes.push(shown);
  }

  /** Returns the state of the scopes added since the last call. */
  state(isClosed) {
    const scopes = this.#scopes;
    this.#scopes = [];
    const before = this.#before;
    const isSame =
      this.#state &&
      isClosed === this.#wasClosed &&
      scopes.length === before.length &&
      scopes.every((scope, i) => scope === before[i]);
    if (!isSame) {
      this.#state = clientState(scopes, isClosed);
      this.#before = scopes;
      this.#wasClosed = isClosed;
    }
    return this.#state;
  }
}

function scopeState(numbers) {
  const state = {};
  SCOPE_NUMBERS.forEach((name, i) => {
    state[name] = orNull(numbers[i]);
  });
  state.status = STATUSES[state.status];
  return Object.freeze(state);
}

function clientState(scopes, isClosed) {
  const sum = (name) => scopes.reduce((total, { state }) => total + state[name], 0);
  const numberOf = ({ state }) => STATUSES.indexOf(state.status);
  const paused = scopes.filter(({ state }) => state.status === "paused");
  // NaN outweighs every number, as a pause without an end outlasts every other.
  const ends = paused.map(({ state }) => state.resumeAt ?? Number.NaN);
  return Object.freeze({
    status: isClosed ? "closed" : STATUSES[Math.max(0, ...scopes.map(numberOf))],
    resumeAt: paused.length > 0 ? orNull(Math.max(...ends)) : null,
    queued: sum("queued"),
    inFlight: sum("inFlight"),
    message: paused.find(({ message }) => message !== undefined)?.message ?? null,
    scopes: Object.freeze(Object.fromEntries(scopes.map(({ name, state }) => [name, state]))),
  });
}

function orNull(number) {
  return Number.isNaN(number) ? null : number;
}
