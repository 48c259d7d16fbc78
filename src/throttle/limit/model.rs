//! The model of the gateway's limit.

use crate::throttle::limit::learned_bucket::LearnedBucket;
use crate::throttle::limit::plan_bucket::PlanBucket;
use crate::throttle::limit::token_bucket::TokenBucket;
use crate::time::Instant;

/// The limit as the pacer models it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Limit {
    /// No request was refused yet.
    Unmet,
    /// A request was refused, and the rate is not known yet.
    Unknown,
    Learned(LearnedBucket),
    /// The bucket of a plan that no refusal has shown to be wrong.
    Plan(PlanBucket),
}

impl Limit {
    /// The whole bucket, and this tab's own.
    pub(super) fn buckets(&mut self) -> Option<(&mut TokenBucket, &mut TokenBucket)> {
        match self {
            Limit::Unmet | Limit::Unknown => None,
            Limit::Learned(model) => Some((&mut model.bucket, &mut model.own)),
            Limit::Plan(model) => Some((&mut model.bucket, &mut model.own)),
        }
    }

    pub(super) fn refill(&mut self, now: Instant, unanswered: u32, pace: f64, share: f64) {
        match self {
            Limit::Unmet | Limit::Unknown => {}
            Limit::Learned(model) => model.refill(now, unanswered, pace, share),
            Limit::Plan(model) => model.refill(now, unanswered, pace, share),
        }
    }

    pub(super) fn take(&mut self) {
        match self {
            Limit::Unmet | Limit::Unknown => {}
            Limit::Learned(model) => model.take(),
            Limit::Plan(model) => model.take(),
        }
    }
}
