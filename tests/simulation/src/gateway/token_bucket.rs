use api_service_client::time::Instant;

use super::{ClientId, Gateway, Verdict};
use crate::rate::{Plan, REQUEST};

/// Amazon API Gateway's limit: a bucket that is full at first, refills all the time, and gives one token to each
/// request. One bucket for all clients, as one API key has.
#[derive(Debug, Clone)]
pub struct TokenBucket {
    plan: Plan,
    /// In parts of a [`REQUEST`], at `as_of`.
    level: u64,
    as_of: Instant,
}

impl TokenBucket {
    /// A full bucket.
    #[must_use]
    pub fn new(plan: Plan) -> TokenBucket {
        TokenBucket { plan, level: capacity(plan), as_of: Instant::START }
    }

    /// Replaces the plan. What the bucket holds stays, as far as there is still room for it.
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
