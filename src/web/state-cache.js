// What a client shows of itself: one frozen object, the same for as long as nothing in it changes.

// By number, and the later outweighs the earlier: see status.rs.
const STATUSES = ["open", "recovering", "paused", "quota-exceeded", "closed"];
const PAUSED = 2;
const CLOSED = 4;

// What is absent comes as NaN.
const orNull = (number) => (Number.isNaN(number) ? null : number);

export class Shown {
  #known = new Map();
  #scopes = [];
  #before = [];
  #wasClosed = false;
  #state;

  /** What one scope shows this time. `message` is what the notification of its pause says. */
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

  /** All of them together, once each of them is shown. */
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
      this.#state = assembled(scopes, isClosed);
      this.#before = scopes;
      this.#wasClosed = isClosed;
    }
    return this.#state;
  }
}

function scopeState([status, resumeAt, queued, inFlight, rate, sent, throttled]) {
  return Object.freeze({
    status: STATUSES[status],
    resumeAt: orNull(resumeAt),
    queued,
    inFlight,
    rate: orNull(rate),
    sent,
    throttled,
  });
}

function assembled(scopes, isClosed) {
  const sum = (place) => scopes.reduce((total, { numbers }) => total + numbers[place], 0);
  const paused = scopes.filter(({ numbers: [status] }) => status === PAUSED);
  // A pause without an end outlasts every other, as NaN does.
  const resumeAt = paused.length > 0 ? Math.max(...paused.map(({ numbers: [, end] }) => end)) : null;
  return Object.freeze({
    status: STATUSES[Math.max(isClosed ? CLOSED : 0, ...scopes.map(({ numbers: [status] }) => status))],
    resumeAt: orNull(resumeAt),
    queued: sum(2),
    inFlight: sum(3),
    message: paused.find(({ message }) => message !== undefined)?.message ?? null,
    scopes: Object.freeze(Object.fromEntries(scopes.map(({ name, state }) => [name, state]))),
  });
}
