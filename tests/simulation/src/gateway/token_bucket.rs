//! Amazon API Gateway's token bucket.

use api_service_client::time::Instant;

use super::{ClientId, Gateway, Verdict};
use crate::rate::{Plan, REQUEST};

/// Amazon API Gateway's limit: a token bucket that starts full and gives one token to each request.
///
/// All clients share the bucket, as with one API key.
#[derive(Debug, Clone)]
pub struct TokenBucket {
    plan: Plan,
    /// The level at `as_of`, in units of 1 ÷ [`REQUEST`].
    level: u64,
    as_of: Instant,
}

impl TokenBucket {
    /// Creates a full bucket.
    #[must_use]
    pub fn new(plan: Plan) -> TokenBucket {
        TokenBucket { plan, level: capacity(plan), as_of: Instant::START }
    }

    /// Replaces the plan. The tokens stay, up to the new capacity.
    pub fn change(&mut self, now: Instant, plan: Plan) {
        self.level = self.level_at(now).min(capacity(plan));
        self.as_of = now;
        self.plan = plan;
    }

    fn level_at(&self, now: Instant) -> u64 {
        let refilled = self.plan.rate.refill(now.since(self.as_of));
        self.level.saturating_add(refilled).min(capacity(self.plan))
    }
}

impl Gateway for TokenBucket {
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict {
        self.level = self.level_at(now);
        self.as_of = now;
        if self.level < REQUEST {
            return Verdict::Throttled { wait: self.earliest(now, client).map(|at| at.since(now)) };
        }
        self.level -= REQUEST;
        Verdict::Admitted
    }

    fn earliest(&self, now: Instant, _client: ClientId) -> Option<Instant> {
        let missing = REQUEST.saturating_sub(self.level_at(now));
        self.plan.rate.time_for(missing).map(|wait| now + wait)
    }

    fn room(&self, now: Instant, _client: ClientId) -> f64 {
        self.level_at(now) as f64 / REQUEST as f64
    }
}

fn capacity(plan: Plan) -> u64 {
    u64::from(plan.burst) * REQUEST
}
