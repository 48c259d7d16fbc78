//! The model of a gateway's token bucket whose rate and capacity are estimates.

use crate::throttle::limit::permit::Permit;
use crate::throttle::limit::token_bucket::TokenBucket;
use crate::time::{Instant, Span};

/// The model takes a token when a request is sent, which is before the gateway does. Until the request is answered, the
/// gateway's bucket may still be full and lose its refill. So tokens + unanswered requests never exceed the burst.
///
/// With a small burst or a slow backend, the unanswered requests alone can reach the burst. The model then still has
/// room for one token: it follows the rate, and a request is refused sometimes.
///
/// This tab hears late of the tokens that other tabs take. So it pays from a bucket of its own, refilled at its share of
/// the rate, as far as the model has as many tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LearnedBucket {
    burst: f64,
    pub(super) bucket: TokenBucket,
    pub(super) own: TokenBucket,
}

/// The pace rises while requests wait. A longer wait is computed anew after this time.
const MAX_REFILL_INTERVAL: Span = Span::from_secs(1);

impl LearnedBucket {
    /// A model like `bucket`, `own_tokens` of which belong to this tab.
    pub(super) fn new(bucket: TokenBucket, share: f64, own_tokens: f64) -> LearnedBucket {
        let own = TokenBucket { rate: bucket.rate * share, tokens: own_tokens, ..bucket };
        LearnedBucket { burst: bucket.capacity, bucket, own }
    }

    /// Refills at the pace so far, and sets the pace and the share from now on.
    pub(super) fn refill(&mut self, now: Instant, unanswered: u32, pace: f64, share: f64) {
        let headroom = |part: f64| (self.burst * part - f64::from(unanswered)).max(1.0);
        self.bucket.refill(now, headroom(1.0));
        self.own.refill(now, headroom(share));
        // An own token is kept although the model is empty, so that one call does not wait for another tab.
        self.own.tokens = self.own.tokens.min(self.bucket.tokens.max(1.0));
        self.bucket.rate = pace;
        self.own.rate = pace * share;
    }

    pub(super) fn take(&mut self) {
        self.bucket.take();
        self.own.take();
    }

    /// Permits a request if a token remains beside `reserve`, as far as the headroom lets both be there. A probe is sent
    /// for all tabs, so it needs no token of this tab.
    pub(super) fn permit(&self, now: Instant, reserve: f64, is_probe: bool) -> Permit {
        let needed =
            if is_probe || reserve > 0.0 { 1.0 + reserve.min(self.bucket.capacity - 1.0) } else { 0.0 };
        let own_needed = if is_probe { 0.0 } else { 1.0 };
        let wait = self.bucket.wait_for(needed).max(self.own.wait_for(own_needed));
        let updated = self.bucket.updated;
        if updated + wait <= now { Permit::Now } else { Permit::At(updated + wait.min(MAX_REFILL_INTERVAL)) }
    }
}
