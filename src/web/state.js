// The snapshot of a client: frozen, and the same object until something in it changes.

/** From the least restricted to the most; the core knows each by its place. */
const STATUSES = ["open", "recovering", "paused", "quota-exceeded", "closed"];
const PAUSED = 2;
const CLOSED = 4;

const orNull = (number) => (Number.isNaN(number) ? null : number);

/** What a scope shows of itself, out of what the core has reported. */
export class Shown {
  #report = [];

  /** Takes down what the core reports now, and the words of its pause; says whether that is news. */
  update(report) {
    if (report.every((value, i) => Object.is(value, this.#report[i]))) return false;
    this.#report = report;
    const [status, resumeAt, queued, inFlight, rate, sent, throttled, message] = report;
    Object.assign(this, { status, resumeAt: orNull(resumeAt), queued, inFlight, message });
    this.state = Object.freeze({
      status: STATUSES[status],
      resumeAt: this.resumeAt,
      queued,
      inFlight,
      rate: orNull(rate),
      sent,
      throttled,
    });
    return true;
  }
}

/** The state of a client with these scopes. */
export function stateOf(lanes, isClosed) {
  let status = isClosed ? CLOSED : 0;
  let [queued, inFlight] = [0, 0];
  let resumeAt = null;
  let message = null;
  const scopes = {};
  for (const { name, shown } of lanes) {
    Object.defineProperty(scopes, name, { value: shown.state, enumerable: true });
    queued += shown.queued;
    inFlight += shown.inFlight;
    status = Math.max(status, shown.status);
    if (shown.status !== PAUSED) continue;
    // A pause without an end outlasts every other.
    resumeAt = Math.max(resumeAt ?? 0, shown.resumeAt ?? Infinity);
    message ??= shown.message;
  }
  if (resumeAt === Infinity) resumeAt = null;
  Object.freeze(scopes);
  return Object.freeze({ status: STATUSES[status], resumeAt, queued, inFlight, message, scopes });
}
