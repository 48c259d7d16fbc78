// Amazon API Gateway's limit. It counts in whole 3,600,000,000ths of a request, one microsecond's worth of one request
// an hour, so that no rate that a plan names is ever rounded.

const REQUEST = 3_600_000_000;

export const perSecond = (requests) => requests * 3_600;
export const perMinute = (requests) => requests * 60;

/** A plan: `perHour` requests, at most `burst` of them saved up. */
export class TokenBucket {
  #plan;
  #level;
  #asOf = 0;
  #changes;

  /** A full bucket. `changes` says from which microsecond on which other plan applies, in the order of time. */
  constructor(plan, changes = []) {
    this.#plan = plan;
    this.#changes = [...changes];
    this.#level = plan.burst * REQUEST;
  }

  /** Takes one request, if it can. Time goes forward. */
  admits(now) {
    this.#advance(now);
    if (this.#level < REQUEST) return false;
    this.#level -= REQUEST;
    return true;
  }

  /** The first moment from now on at which it would admit a request, if no other came before. */
  earliest(now) {
    const later = this.#copy();
    later.#advance(now);
    for (;;) {
      const missing = Math.max(0, REQUEST - later.#level);
      const at = later.#asOf + Math.ceil(missing / later.#plan.perHour);
      const change = later.#changes[0];
      if (change === undefined || at < change.at) return at;
      later.#advance(change.at);
    }
  }

  #copy() {
    const copy = new TokenBucket(this.#plan, this.#changes);
    copy.#level = this.#level;
    copy.#asOf = this.#asOf;
    return copy;
  }

  #advance(now) {
    while (this.#changes.length > 0 && this.#changes[0].at <= now) {
      const { at, plan } = this.#changes.shift();
      this.#refill(at);
      this.#plan = plan;
      this.#level = Math.min(this.#level, plan.burst * REQUEST);
    }
    this.#refill(now);
  }

  #refill(now) {
    const { perHour, burst } = this.#plan;
    this.#level = Math.min(this.#level + perHour * (now - this.#asOf), burst * REQUEST);
    this.#asOf = now;
  }
}
