//! The outcome of requests and pauses, as the pacer learns from it.

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::controller::Controller;
use crate::throttle::limit::estimator::LimitChange;
use crate::throttle::limit::estimator::depletion::RefusalContext;
use crate::throttle::limit::estimator::regime::Regime;
use crate::throttle::limit::learned_bucket::LearnedBucket;
use crate::throttle::limit::model::Limit;
use crate::throttle::limit::share::Share;
use crate::throttle::limit::token_bucket::TokenBucket;
use crate::throttle::limit::{LastPause, Pacer};
use crate::time::{Instant, Span};

/// At the start of the search, the refill of this time leaves at once, at most `MAX_INITIAL_CREDIT` tokens. After a first
/// burst from a large bucket the true rate is much lower, and a larger batch would be refused as a whole.
const INITIAL_CREDIT: Span = Span::from_millis(400);
const MAX_INITIAL_CREDIT: f64 = 16.0;

/// The weight of a new round trip is 1 ÷ this (RFC 6298).
const ROUND_TRIP_SMOOTHING: f64 = 8.0;

impl Pacer {
    /// Records that one of `in_flight` attempts is about to end; `is_current` if it was sent since the last pause.
    pub(crate) fn returns(&mut self, now: Instant, in_flight: u32, is_current: bool) {
        self.refill(now, in_flight);
        if is_current {
            self.window.returned();
        }
    }

    pub(crate) fn accepted(&mut self, now: Instant, at: DecisionTime, is_current: bool) {
        self.round_trip += (at.round_trip().as_secs() - self.round_trip) / ROUND_TRIP_SMOOTHING;
        self.controller.accepted();
        self.company.accepted();
        self.admitted(now, at, at, is_current);
    }

    /// Counts a request that was admitted at `at`, and all requests counted before as admitted no later than `by`.
    pub(super) fn admitted(&mut self, now: Instant, at: DecisionTime, by: DecisionTime, is_current: bool) {
        if is_current && self.limit == Limit::Unknown {
            self.window.widen_slowly(at.round_trip());
        } else if is_current {
            self.window.widen(at.round_trip());
        }
        match self.estimator.accepted(now, at, by) {
            None => {}
            // The others have left some, which the controller finds.
            Some(_) if self.is_shared => {}
            Some(LimitChange::Risen) => {
                self.probing.limit_changed(now);
                self.limit = Limit::Unknown;
                self.window.narrow();
            }
            Some(LimitChange::WindowOpened) => {
                let rate = self.estimate();
                self.limit = if rate.is_finite() {
                    let bucket = TokenBucket { rate, capacity: rate.max(1.0), tokens: 0.0, updated: now };
                    Limit::Learned(LearnedBucket::new(bucket, self.share.own(), 0.0))
                } else {
                    Limit::Unknown
                };
            }
        }
    }

    /// Records a throttle that begins a pause; `is_outage` if it may have met no limit.
    pub(crate) fn throttled(&mut self, at: DecisionTime, is_outage: bool) {
        self.window.refused(self.share);
        if !is_outage {
            self.cycle_ended(at.midpoint);
        }
        self.refused(at, is_outage);
    }

    fn cycle_ended(&mut self, now: Instant) {
        if self.share != Share::WHOLE {
            self.company.forget();
        } else if let Some(cycle) = self.controller.cycle() {
            self.company.refused(now, cycle, self.estimator.regime());
        }
        let pace = if self.is_shared { Some(self.pace(now)) } else { self.rate() };
        self.controller.refused(now, pace);
    }

    pub(super) fn refused(&mut self, at: DecisionTime, is_outage: bool) {
        let regime = self.estimator.regime();
        // Messages of other tabs come late or not at all: they may know the cause of a surprise.
        let is_surprise = self.share == Share::WHOLE && !matches!(regime, Regime::Searching { .. });
        if is_surprise
            && !self.is_shared
            && self.estimator.is_still_depleted()
            && matches!(&self.limit, Limit::Learned(model) if model.bucket.tokens > 1.0)
        {
            self.saves_no_tokens = true;
        }
        let reach = self.estimator.reach(at.midpoint);
        let is_early = is_surprise
            && matches!(self.limit, Limit::Learned(_) | Limit::Plan(_))
            && self.probing.is_early(at.midpoint, reach, regime.is_unstable());
        self.estimator.throttled(at, RefusalContext { is_early, is_outage });
        if self.limit == Limit::Unmet {
            self.limit = Limit::Unknown;
            if self.probing.is_backlogged() {
                self.estimator.set_backlogged();
            }
        }
    }

    /// Records a throttle of a pause that has begun already.
    pub(crate) fn throttled_again(&mut self, at: DecisionTime) {
        self.estimator.throttled_again(at);
    }

    /// The moment of the last refusal.
    pub(crate) fn last_refused(&self) -> Option<Instant> {
        self.estimator.last_depleted()
    }

    /// Whether a throttle would be no surprise: there was one before, or the bucket of a plan is less than half full.
    pub(crate) fn expects_throttles(&self) -> bool {
        self.last_refused().is_some() || matches!(&self.limit, Limit::Plan(model) if model.is_low())
    }

    /// Ends a pause of this length; `was_requested` if the server or a person set it. Other tabs may have sent
    /// `unreported` requests that were admitted before the pause.
    pub(crate) fn resumed(
        &mut self,
        now: Instant,
        length: Span,
        was_requested: bool,
        in_flight: u32,
        unreported: usize,
    ) {
        self.last_pause = Some(LastPause { resumed: now, length, was_requested });
        self.is_nearly_done = false;
        self.window.shut();
        self.probing.resumed(now);
        if self.limit == Limit::Unmet {
            return;
        }
        if self.estimator.conclude(now, unreported, self.share == Share::WHOLE) {
            self.probing.limit_changed(now);
        }
        if matches!(self.estimator.regime(), Regime::Searching { .. }) {
            self.company.first_burst_was_large();
        }
        self.is_shared = self.is_in_company() && self.company.has_admitted();
        if self.is_shared {
            let rate = self.pace(now);
            let capacity = Controller::capacity(rate);
            let bucket = TokenBucket { rate, capacity, tokens: 0.0, updated: now };
            self.limit = Limit::Learned(LearnedBucket::new(bucket, 1.0, 0.0));
        } else {
            self.model_limit(now);
        }
        self.refill(now, in_flight);
    }

    /// Models the limit anew, as far as the estimator knows it.
    fn model_limit(&mut self, now: Instant) {
        let Some(depleted) = self.estimator.last_depleted() else {
            // A pause without a refusal says nothing about a plan.
            if self.plan.is_none() {
                self.limit = Limit::Unknown;
            }
            return;
        };
        let rate = self.estimate();
        if rate.is_infinite() {
            self.limit = Limit::Unknown;
            return;
        }
        let (depleted, capacity) = if matches!(self.estimator.regime(), Regime::Searching { .. }) {
            let credit = INITIAL_CREDIT.min(Span::from_secs_ceil(MAX_INITIAL_CREDIT / rate));
            (now.before(credit), None)
        } else {
            (depleted, self.estimator.capacity(rate))
        };
        let capacity = if self.saves_no_tokens { 1.0 } else { capacity.unwrap_or(rate.max(1.0)) };
        let (takes_turns, share) = (self.takes_turns(), self.share);
        let own = match self.limit.buckets() {
            _ if takes_turns => 0.0,
            // The own part of a token at the depletion: other tabs have their turn first. `clamp` can panic with formatted
            // numbers, and the formatting code is large.
            Some((_, own)) => own.tokens_at(depleted).min(1.0 - share.own()).max(0.0),
            None => share.first_tokens(),
        };
        let bucket = TokenBucket { rate, capacity, tokens: 0.0, updated: depleted };
        self.limit = Limit::Learned(LearnedBucket::new(bucket, self.own_share(), own));
    }

    /// Starts with a probe after a time without a network.
    pub(crate) fn reconnected(&mut self, now: Instant, in_flight: u32) {
        self.window.shut();
        self.probing.resumed(now);
        self.refill(now, in_flight);
    }
}
