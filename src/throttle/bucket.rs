use super::pacer::Permit;
use crate::time::{Instant, Span};

/// A token bucket as the client pictures it: what the gateway's may hold by now, less what is on its way there.
///
/// Tokens are taken when a request is sent, which is before the gateway takes them. A full bucket refills no further,
/// so whatever has not been answered may not have made room for a refill yet: the picture never holds more than what
/// a full bucket would after all of that. Where rate and burst are right, it never promises a token that is not there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bucket {
    rate: f64,
    burst: f64,
    /// The part of it that is this tab's.
    share: f64,
    tokens: f64,
    /// What it may hold, while some of what was sent is not answered.
    most: f64,
    /// Up to when the refill is counted.
    counted: Instant,
}

/// What a wait that was computed to the microsecond may fall short of a token.
const CLOSE: f64 = 1e-6;

impl Bucket {
    pub(super) fn new(rate: f64, burst: f64, tokens: f64, now: Instant) -> Bucket {
        Bucket { rate, burst, share: 1.0, tokens, most: burst, counted: now }
    }

    pub(super) fn rate(&self) -> f64 {
        self.rate
    }

    /// Counts what has come in, and goes on with a share of another rate from now on. `unanswered` requests are on the
    /// wire.
    pub(super) fn refill(&mut self, now: Instant, unanswered: u32, rate: f64, share: f64) {
        self.most = (self.burst * share - f64::from(unanswered)).max(1.0);
        let refilled = self.tokens + now.since(self.counted).as_secs() * self.rate;
        self.tokens = refilled.min(self.most.max(self.tokens));
        self.counted = now.max(self.counted);
        self.rate = rate * share;
        // Who comes in gets a part of what is there; who leaves may have left nothing.
        if self.tokens > 0.0 {
            self.tokens *= (share / self.share).min(1.0);
        }
        self.share = share;
    }

    /// What is in all of it, if every tab has as much for its share.
    pub(super) fn level(&self) -> f64 {
        self.tokens / self.share
    }

    pub(super) fn is_low(&self) -> bool {
        self.level() < self.burst / 2.0
    }

    pub(super) fn take(&mut self) {
        self.tokens -= 1.0;
    }

    /// Whether there is a token beside so much in reserve, and if not, when there will be. No more is kept in reserve
    /// than leaves room for the token.
    pub(super) fn permit(&self, now: Instant, reserve: f64) -> Permit {
        let lacking = 1.0 + reserve.min(self.most - 1.0) - self.tokens - CLOSE;
        if lacking <= 0.0 { Permit::Now } else { Permit::At(now + Span::from_secs_ceil(lacking / self.rate)) }
    }
}
