//! The estimator of the rate at which the gateway's bucket refills.

pub(crate) mod bounds;
mod conclusion;
pub(super) mod depletion;
pub(crate) mod estimate;
mod first_burst;
pub(super) mod regime;
mod stability;

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::Bounds;
use crate::throttle::limit::estimator::depletion::{Depletion, RefusalContext, Resumption};
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::limit::estimator::first_burst::FirstBurst;
use crate::throttle::limit::estimator::regime::Regime;
use crate::throttle::limit::estimator::stability::Stability;
use crate::time::{Instant, Span};

/// Bounds on the refill rate, from the gateway's decisions.
///
/// A refusal shows that the bucket held less than one token: a depletion. The requests admitted between two depletions
/// ± 1 are the refill of the time between them, which bounds the rate on both sides. A longer time gives narrower
/// bounds. Each acceptance gives a lower bound: the requests admitted since a depletion came in since.
///
/// If the bounds contradict each other, the limit has changed, and the newer evidence counts. If they do so repeatedly
/// without a trend, the limit is unstable, and the average counts.
#[derive(Debug, Clone, Default)]
pub(super) struct RateEstimator {
    /// Oldest first.
    depletions: Vec<Depletion>,
    /// The last depletion, even if it was dropped.
    last_depleted: Option<Instant>,
    first_burst: FirstBurst,
    /// The moment since which nothing has contradicted the bounds.
    consistent_since: Option<Instant>,
    bounds: Bounds,
    /// The average rate so far, while nothing else is known.
    average: Option<f64>,
    /// Whether requests waited at the first refusal, so that the average says something about the limit.
    was_backlogged: bool,
    is_lossy: bool,
    stability: Stability,
    /// Upper bound on the rate, from consecutive refused probes. Meaningless if the limiter is a window.
    most_while_refused: Option<f64>,
    /// Earlier decisions are not counted.
    counts_from: Instant,
}

/// A change that an acceptance proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitChange {
    /// The refill rate has risen. The estimator has started over.
    Risen,
    /// A window has opened: nothing was admitted for long, then more at once than a bucket could have refilled.
    WindowOpened,
}

/// The number of depletions kept. The oldest gives the narrowest bounds, the newest notices a change.
const MAX_DEPLETIONS: usize = 8;
/// Evidence of a shorter time that is contradicted was poor; the limit has not changed.
const MIN_ESTABLISHED: Span = Span::from_secs(8);
/// A window has opened if requests are admitted this many times faster than a bucket can have refilled.
const MIN_WINDOW_FACTOR: f64 = 4.0;
/// An upper bound that acceptances refute by a little is raised to this many times the lower bound.
const RAISED: f64 = 1.25;

impl RateEstimator {
    pub(super) fn regime(&self) -> Regime {
        match self.average {
            Some(average) => Regime::Searching { average },
            None if self.stability.is_unstable() => Regime::Unstable(self.bounds),
            None if self.is_lossy => Regime::Lossy(self.bounds),
            None if self.bounds.have_upper() => Regime::Bounded(self.bounds),
            None => Regime::Unknown,
        }
    }

    /// The bounds, if there is an upper one.
    pub(super) fn bounds(&self) -> Option<Bounds> {
        self.bounds.have_upper().then_some(self.bounds)
    }

    /// Tokens to keep in reserve at this rate.
    pub(super) fn reserve(&self, rate: f64) -> f64 {
        self.stability.reserve(rate)
    }

    /// The capacity of a bucket with this refill rate.
    pub(super) fn capacity(&self, rate: f64) -> Option<f64> {
        self.first_burst.capacity(rate)
    }

    /// The age of the evidence.
    pub(super) fn reach(&self, now: Instant) -> Span {
        self.consistent_since.map_or(Span::ZERO, |since| now.since(since))
    }

    pub(super) fn last_depleted(&self) -> Option<Instant> {
        self.last_depleted
    }

    /// Whether the pause that began with the last depletion is still on; `None` without a depletion.
    pub(super) fn is_paused(&self) -> Option<bool> {
        self.depletions.last().map(Depletion::is_paused)
    }

    /// Whether a depletion was followed by no acceptance yet.
    pub(super) fn is_still_depleted(&self) -> bool {
        self.depletions.last().is_some_and(|last| last.admitted == 0)
    }

    /// Whether a decision is counted, and later than the last depletion.
    pub(super) fn is_since_depletion(&self, at: DecisionTime) -> bool {
        at.midpoint >= self.counts_from && self.last_depleted.is_none_or(|depleted| at.midpoint > depleted)
    }

    /// Takes over the estimate of another tab, or of this tab before it was reloaded.
    pub(super) fn learn(&mut self, now: Instant, estimate: LimitEstimate) {
        let midpoint = now.before(estimate.filling);
        // The bucket may have been empty before the clock started.
        let missing = estimate.filling - now.since(midpoint);
        // The tokens of the bucket are known within a quarter.
        let uncertainty = (missing + estimate.filling.scaled(0.25)).as_secs();
        let depletion = Depletion::new(DecisionTime { midpoint, uncertainty }, RefusalContext::default());
        let resumption = Some(Resumption { at: now, is_paced: false });
        self.depletions.push(Depletion { resumption, ..depletion });
        self.last_depleted = Some(midpoint);
        self.first_burst = FirstBurst::from_capacity(now, estimate.capacity);
        self.consistent_since = Some(now);
        self.bounds = estimate.bounds;
        self.counts_from = now;
    }

    /// Records a send before the first refusal.
    pub(super) fn sent_unlimited(&mut self, now: Instant) {
        self.first_burst.sent(now);
    }

    /// Counts a request that was admitted at `at`, and all requests counted before as admitted no later than `by`.
    pub(super) fn accepted(
        &mut self,
        now: Instant,
        at: DecisionTime,
        by: DecisionTime,
    ) -> Option<LimitChange> {
        if at.midpoint < self.counts_from {
            return None;
        }
        self.first_burst.accepted(at);
        // For a short time an unstable limit may admit more than its average.
        let reliable = if self.stability.is_unstable() { 1 } else { MAX_DEPLETIONS };
        let mut least = 0.0;
        for (age, depletion) in self.depletions.iter_mut().enumerate() {
            if at.is_after(depletion.at) {
                least = depletion.accepted(by);
                if age < reliable {
                    self.bounds.least = self.bounds.least.max(least);
                }
            }
        }
        if self.most_while_refused.is_some_and(|most| least > MIN_WINDOW_FACTOR * most) {
            self.window_opened(at.midpoint);
            return Some(LimitChange::WindowOpened);
        }
        if !self.bounds.are_empty() {
            return None;
        }
        let is_established = self.reach(now) > MIN_ESTABLISHED;
        if is_established && !self.is_lossy && !self.stability.is_luck(self.bounds.least) {
            self.start_over();
            return Some(LimitChange::Risen);
        }
        let raised = if self.stability.is_unstable() { 1.0 } else { RAISED };
        self.bounds.most = self.bounds.least * raised;
        None
    }

    /// Records a depletion. [`RateEstimator::conclude`] evaluates it when the pause ends, since requests in flight at the
    /// refusal are not counted yet.
    pub(super) fn throttled(&mut self, at: DecisionTime, refusal: RefusalContext) {
        self.first_burst.throttled(at);
        self.consistent_since.get_or_insert(at.midpoint);
        self.last_depleted = Some(at.midpoint);
        if self.depletions.len() >= MAX_DEPLETIONS {
            let (mut place, kept) = (0, u32::from(!self.stability.is_unstable()));
            // `remove` can panic with formatted numbers, and the formatting code is large.
            self.depletions.retain(|_| {
                place += 1;
                place != kept + 1
            });
        }
        self.depletions.push(Depletion::new(at, refusal));
    }

    /// Records that requests waited at the first refusal.
    pub(super) fn set_backlogged(&mut self) {
        self.was_backlogged = true;
    }

    /// Records a refusal of the same pause: the bucket was empty for longer.
    pub(super) fn throttled_again(&mut self, at: DecisionTime) {
        let last = self.depletions.last_mut().filter(|last| last.is_paused() && at.is_after(last.at));
        if let Some(last) = last {
            last.at = at;
            self.last_depleted = Some(at.midpoint);
        }
    }

    /// Drops all counts. The bounds stay.
    pub(super) fn discard_counts(&mut self, now: Instant) {
        self.counts_from = now;
        self.depletions.clear();
    }

    /// Starts over with a window. It has admitted the first burst within the time until now, so that rate is safe.
    fn window_opened(&mut self, now: Instant) {
        self.start_over();
        self.most_while_refused = None;
        if let Some(rate) = self.first_burst.rate_of_a_cycle(now) {
            self.bounds.most = rate;
            self.consistent_since = Some(self.first_burst.started());
            self.stability.add_oscillation();
        }
    }

    fn start_over(&mut self) {
        self.bounds = Bounds::UNKNOWN;
        self.average = None;
        self.was_backlogged = false;
        self.depletions.clear();
        self.consistent_since = None;
        self.stability.start_over();
    }
}
