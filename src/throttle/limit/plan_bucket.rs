//! The model of a token bucket whose rate and burst are known from a usage plan.

use crate::throttle::config::Plan;
use crate::throttle::limit::permit::Permit;
use crate::throttle::limit::token_bucket::{TOKEN_EPSILON, TokenBucket};
use crate::time::{Instant, Span};

/// Tokens + unanswered requests never exceed the burst. So a correct plan is never refused, but nothing may leave while
/// the unanswered requests reach the burst.
///
/// To keep such a bucket from stalling, a slower bucket grants tokens without regard to answers. It relies on each
/// request reaching the gateway within [`MAX_TRAVEL_TIME`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlanBucket {
    burst: f64,
    pub(super) bucket: TokenBucket,
    /// The part of the bucket that belongs to this tab.
    pub(super) own: TokenBucket,
    unanswered: TokenBucket,
}

/// The longest time from a send to the gateway's decision.
const MAX_TRAVEL_TIME: Span = Span::from_secs(1);

impl PlanBucket {
    /// The full bucket of a plan.
    pub(super) fn new(plan: Plan) -> PlanBucket {
        let burst = plan.burst.max(1.0);
        let bucket = TokenBucket { rate: plan.rate, capacity: burst, tokens: burst, updated: Instant::START };
        let unanswered = TokenBucket { capacity: 1.0, tokens: 1.0, ..bucket };
        let mut full = PlanBucket { burst, bucket, own: bucket, unanswered };
        full.set_rates(plan.rate, 1.0);
        full
    }

    /// Refills at the pace so far, and sets the pace and the share from now on.
    pub(super) fn refill(&mut self, now: Instant, unanswered: u32, pace: f64, share: f64) {
        let unanswered = f64::from(unanswered);
        self.bucket.refill(now, self.burst - unanswered);
        self.own.refill(now, self.burst * share - unanswered);
        self.own.tokens = self.own.tokens.min(self.bucket.tokens);
        self.unanswered.refill(now, 1.0);
        self.set_rates(pace, share);
    }

    /// Sets the rates. If no request travels longer than [`MAX_TRAVEL_TIME`], the requests of the `unanswered` bucket
    /// that arrive in any interval stay within burst + refill.
    fn set_rates(&mut self, pace: f64, share: f64) {
        self.bucket.rate = pace;
        self.own.rate = pace * share;
        self.unanswered.rate =
            self.own.rate * (self.burst / (pace * MAX_TRAVEL_TIME.as_secs() + 1.0)).min(1.0);
    }

    pub(super) fn take(&mut self) {
        self.bucket.take();
        self.own.take();
        self.unanswered.take();
    }

    /// Whether less than half of the burst is left, so that a refusal would not show the plan to be wrong.
    pub(super) fn is_low(&self) -> bool {
        self.bucket.tokens < self.burst / 2.0
    }

    pub(super) fn permit(&self, now: Instant) -> Permit {
        let has_headroom = self.own.capacity >= 1.0 - TOKEN_EPSILON;
        let answered = if has_headroom { self.own.wait_for(1.0) } else { Span::MAX };
        let at = self.bucket.updated + answered.min(self.unanswered.wait_for(1.0));
        if at <= now { Permit::Now } else { Permit::At(at) }
    }
}
