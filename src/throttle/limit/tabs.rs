//! The limit as other tabs see it, and what they leave of it.

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::Pacer;
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::limit::learned_bucket::LearnedBucket;
use crate::throttle::limit::model::Limit;
use crate::throttle::limit::share::Share;
use crate::throttle::limit::token_bucket::TokenBucket;
use crate::time::{Instant, Span};

impl Pacer {
    /// Sets the share of this tab. The refill until now goes by the share before.
    pub(crate) fn set_share(&mut self, now: Instant, in_flight: u32, share: Share) {
        if share != self.share {
            self.share = share;
            if self.is_shared {
                // The tabs of a page pace themselves by what they learn together.
                self.is_shared = false;
                if self.estimate().is_infinite() {
                    self.limit = Limit::Unknown;
                }
            }
            self.refill(now, in_flight);
        }
    }

    /// Records that a request of another tab was admitted. The message arrives after decisions that this tab has seen.
    pub(crate) fn accepted_by_peer(&mut self, now: Instant, at: DecisionTime, is_current: bool) {
        if let Some((bucket, _)) = self.limit.buckets()
            && self.estimator.is_since_depletion(at)
        {
            bucket.take_for_peer();
        }
        self.admitted(now, at, DecisionTime::exactly(now), is_current);
    }

    /// Records that a request of another tab was throttled.
    pub(crate) fn throttled_by_peer(&mut self, at: DecisionTime) {
        let is_old = self.last_pause.is_some_and(|pause| at.sent_at() < pause.resumed);
        match self.estimator.is_paused() {
            Some(true) => self.estimator.throttled_again(at),
            Some(false) if is_old => {}
            _ => self.refused(at, false),
        }
    }

    /// Drops all counts: other tabs have sent more requests than their messages list.
    pub(crate) fn discard_counts(&mut self, now: Instant) {
        self.estimator.discard_counts(now);
        if let Some((bucket, _)) = self.limit.buckets() {
            bucket.drain();
        }
    }

    /// The estimate to share with other tabs, and to persist.
    pub(crate) fn limit_estimate(&self) -> Option<LimitEstimate> {
        let (Limit::Learned(model), bounds) = (&self.limit, self.estimator.bounds()?) else { return None };
        let filling = Span::from_secs_ceil(model.bucket.tokens / bounds.most);
        Some(LimitEstimate { bounds, capacity: self.estimator.capacity(bounds.most), filling })
    }

    /// Takes over an estimate, unless this tab has met the limit itself.
    pub(crate) fn learn(&mut self, now: Instant, estimate: LimitEstimate) {
        if self.limit != Limit::Unmet {
            return;
        }
        self.estimator.learn(now, estimate);
        let rate = self.estimate();
        let capacity = self.estimator.capacity(rate).unwrap_or(rate.max(1.0));
        let tokens = (estimate.filling.as_secs() * rate).min(capacity);
        let (bucket, share) = (TokenBucket { rate, capacity, tokens, updated: now }, self.share.own());
        self.limit = Limit::Learned(LearnedBucket::new(bucket, share, tokens * share));
    }
}
