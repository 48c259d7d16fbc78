// Amazon API Gateway's limit.
//
// It counts in units of 1 ÷ 3,600,000,000 request: one request an hour gains one unit each microsecond. So no
// rate of a plan is rounded.

const REQUEST = 3_600_000_000;

export const perSecond = (requests) => requests * 3_600;
export const perMinute = (requests) => requests * 60;

/** A plan: `perHour` requests, and at most `burst` of them saved up. */
export class TokenBucket {
  #plan;
  #level;
  #asOf = 0;
  #changes;

  /**
   * Creates a full bucket. `changes` lists later plans with their start in microseconds, in order of time.
   */
  constructor(plan, changes = []) {
    this.#plan = plan;
    this.#changes = [...changes];
    this.#level = plan.burst * REQUEST;
  }

  /** Takes a request's token, if there is one. Time never decreases between calls. */
  admits(now) {
    this.#advance(now);
    if (this.#level < REQUEST) return false;
    this.#level -= REQUEST;
    return true;
  }

  /** The first moment from `now` on at which a request is admitted, provided that none comes before. */
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
