pub(crate) mod bounds;
pub(crate) mod depletion;
pub(crate) mod estimate;
pub(crate) mod first_burst;
pub(crate) mod regime;
pub(crate) mod stability;

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::Bounds;
use crate::throttle::limit::estimator::bounds::per_sec;
use crate::throttle::limit::estimator::depletion::Depletion;
use crate::throttle::limit::estimator::depletion::RefusalContext;
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::limit::estimator::first_burst::FirstBurst;
use crate::throttle::limit::estimator::regime::Regime;
use crate::throttle::limit::estimator::stability::Stability;
use crate::time::{Instant, Span};

/// What answers prove of the rate at which a gateway's bucket refills.
///
/// A throttle finds the bucket empty: less than one token is in it at that moment. From one such moment to a later
/// one, what was admitted is what came in, give or take one: that bounds the rate on both sides, and the longer the
/// time between them, the more narrowly. Every acceptance bounds it from below: what was admitted since an empty
/// moment must have come in since.
///
/// Where the bounds contradict each other the limit has changed, and the newer estimator wins. Where they do so again and
/// again without going anywhere, the limit does not stand still, and the average counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct RateEstimator {
    /// Moments at which the bucket was empty, oldest first.
    empty: Vec<Depletion>,
    /// The last time that it was, whether that is kept or not.
    last_empty: Option<Instant>,
    first: FirstBurst,
    /// Since when nothing has contradicted what is known.
    since: Option<Instant>,
    bounds: Bounds,
    /// What was admitted a second so far, where that is all that is known.
    average: Option<f64>,
    /// Whether more was called than admitted so far, so that the average says something of the limit.
    is_pressed: bool,
    is_lossy: bool,
    stability: Stability,
    /// What the rate must be below, if it is a rate: since the bucket was last found empty, probe after probe was.
    shut: Bounds,
    /// What was decided about before is not counted.
    counts_from: Instant,
}

/// How new estimator fits with what was known before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EstimateChange {
    Consistent,
    /// The limit has changed.
    Contradicted,
    /// Nothing was admitted for long, and then a lot at once: no bucket that fills, but a window that opens.
    WindowOpened,
}

/// More moments than this tell nothing more: the oldest gives the narrowest bounds, the newest notice a change.
const REMEMBERED: usize = 8;

/// So many times faster than a bucket could have filled, a window has opened.
const OPENED: f64 = 4.0;
/// The upper bound that acceptances refute was too low by this factor, if it was not by much.
const RAISED: f64 = 1.25;

impl RateEstimator {
    /// Between what the rate must lie.
    pub(crate) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// What is known of the limit.
    pub(crate) fn regime(&self) -> Regime {
        match self.average {
            Some(average) => Regime::Searching { average },
            None if self.stability.is_unstable() => Regime::Unstable(self.bounds),
            None if self.is_lossy => Regime::Lossy(self.bounds),
            None if self.bounds.is_known() => Regime::Bounded(self.bounds),
            None => Regime::Unknown,
        }
    }

    /// The average rate, while nothing else is known.
    pub(crate) fn average(&self) -> Option<f64> {
        self.average
    }

    /// Whether the last pause was longer than it takes to fill the bucket, so that being throttled costs time.
    pub(crate) fn is_lossy(&self) -> bool {
        self.is_lossy
    }

    /// For how long nothing has contradicted what is known.
    pub(crate) fn reach(&self, now: Instant) -> Span {
        self.since.map_or(Span::ZERO, |since| now.since(since))
    }

    /// Another tab has found this out. How full the bucket is it knows roughly.
    pub(crate) fn told(&mut self, now: Instant, told: LimitEstimate) {
        let midpoint = now.before(told.filling);
        // The moment at which the bucket was empty may be before time began here.
        let missing = told.filling - now.since(midpoint);
        let at = DecisionTime { midpoint, uncertainty: (missing + told.filling.scaled(0.25)).as_secs() };
        self.empty.push(Depletion { resumed: Some(now), ..Depletion::found(at, RefusalContext::default()) });
        self.last_empty = Some(midpoint);
        self.first = FirstBurst::told(now, told.capacity);
        self.since = Some(now);
        self.bounds = told.bounds;
        self.counts_from = now;
    }

    /// Whether a pause is on that began with the last empty moment; `None` if there was none.
    pub(crate) fn awaits_conclusion(&self) -> Option<bool> {
        self.empty.last().map(|last| last.resumed.is_none())
    }

    /// Whether something was admitted after the bucket was last empty, and counts.
    pub(crate) fn is_since_empty(&self, at: DecisionTime) -> bool {
        at.midpoint >= self.counts_from && self.last_empty.is_none_or(|empty| at.midpoint > empty)
    }

    /// The limit is met for the first time, by more calls than it admits.
    pub(crate) fn pressed(&mut self) {
        self.is_pressed = true;
    }

    /// What was counted so far is worthless; the bounds hold.
    pub(crate) fn count_from_now(&mut self, now: Instant) {
        self.counts_from = now;
        self.empty.clear();
    }

    /// The last moment at which the bucket was empty.
    pub(crate) fn last_empty(&self) -> Option<Instant> {
        self.last_empty
    }

    /// Whether nothing was admitted since.
    pub(crate) fn is_still_empty(&self) -> bool {
        self.empty.last().is_some_and(|last| last.admitted == 0)
    }

    /// Requests that a full bucket holds, if it refills at this rate; `None` if that is not known.
    pub(crate) fn capacity(&self, rate: f64) -> Option<f64> {
        self.first.capacity(rate)
    }

    /// Whether the limit stands still.
    pub(crate) fn stability(&self) -> &Stability {
        &self.stability
    }

    /// Something is sent, and no limit was met.
    pub(crate) fn sent_unlimited(&mut self, now: Instant) {
        self.first.sent(now);
    }

    /// Something was admitted, with all that was counted before no later than `counted`. Contradicted if that is more
    /// than could be.
    pub(crate) fn accepted(&mut self, at: DecisionTime, counted: DecisionTime) -> EstimateChange {
        if at.midpoint < self.counts_from {
            return EstimateChange::Consistent;
        }
        self.first.accepted(at);
        // In a short time a limit that oscillations may admit more than it does on average.
        let relied_on = if self.stability.is_unstable() { 1 } else { REMEMBERED };
        let mut least = 0.0;
        for (age, empty) in self.empty.iter_mut().enumerate().filter(|(_, empty)| at.is_after(empty.at)) {
            least = empty.accepted(counted);
            if age < relied_on {
                self.bounds.least = self.bounds.least.max(least);
            }
        }
        if least > OPENED * self.shut.most {
            self.opened(at.midpoint);
            return EstimateChange::WindowOpened;
        }
        if self.bounds.are_empty() { EstimateChange::Contradicted } else { EstimateChange::Consistent }
    }

    /// A throttle found the bucket empty. What that proves is told by [`RateEstimator::conclude`], once what was on the
    /// wire has come back.
    pub(crate) fn throttled(&mut self, at: DecisionTime, refusal: RefusalContext) {
        self.first.throttled(at);
        self.since.get_or_insert(at.midpoint);
        self.last_empty = Some(at.midpoint);
        if self.empty.len() >= REMEMBERED {
            let (mut state, spared) = (0, u32::from(!self.stability.is_unstable()));
            // `remove` would bring a panic that formats numbers, and all that formatting takes.
            self.empty.retain(|_| {
                state += 1;
                state != spared + 1
            });
        }
        self.empty.push(Depletion::found(at, refusal));
    }

    /// A throttle that belongs to the attempt of the one before: the bucket was empty a little longer.
    pub(crate) fn throttled_again(&mut self, at: DecisionTime) {
        if let Some(last) = self.empty.last_mut()
            && last.resumed.is_none()
            && at.is_after(last.at)
        {
            last.at = at;
            self.last_empty = Some(at.midpoint);
        }
    }

    /// The pause ends that began with the last empty moment: what has that moment proven? Requests are paced from now
    /// on, if that is enough to know at what rate.
    pub(crate) fn conclude(&mut self, now: Instant, unheard: f64, is_alone: bool) -> EstimateChange {
        let mut finding = EstimateChange::Consistent;
        if let Some(last) = self.empty.last_mut().filter(|last| last.resumed.is_none()) {
            last.unheard = unheard;
        }
        if let [.., before, last] = self.empty.as_slice()
            && last.resumed.is_none()
        {
            let (before, last) = (*before, *last);
            if before.admitted == last.admitted {
                // Nothing was admitted in between: it is the same emptiness, and has lasted until now.
                self.empty.pop();
                if let Some(same) = self.empty.last_mut() {
                    same.at = last.at;
                }
                if !last.refusal.is_outage {
                    self.shut = self.shut.and(self.between(before, last).0);
                }
            } else {
                self.shut = Bounds::UNKNOWN;
                self.is_pressed = false;
                finding = self.weigh(before, last);
                self.stability.learn(self.bounds);
            }
        }
        let tells = is_alone && self.is_pressed && !self.shut.is_known();
        self.average = self.first.rate_of_a_cycle(now).filter(|_| tells);
        let is_paced = self.is_lossy || self.bounds.is_known() || self.average.is_some();
        if let Some(last) = self.empty.last_mut() {
            last.resumed = Some(now);
            last.was_paced = is_paced;
        }
        finding
    }

    fn weigh(&mut self, before: Depletion, last: Depletion) -> EstimateChange {
        let (newest, is_lossy) = self.between(before, last);
        self.is_lossy = is_lossy;
        if !is_lossy {
            self.stability.weigh(newest, last.refusal.is_early);
        }
        if self.stability.is_unstable() {
            let oldest = self.empty.first().copied().unwrap_or(before);
            self.bounds = self.between(oldest, last).0;
            return EstimateChange::Consistent;
        }
        if newest.contradict(self.bounds) {
            self.since = Some(last.at.midpoint);
            self.count_from(last, newest);
            return EstimateChange::Contradicted;
        }
        if is_lossy {
            // What was counted over a full bucket from earlier on falls short.
            self.count_from(last, self.bounds.and(newest));
            return EstimateChange::Consistent;
        }
        let earlier = self.empty.iter().take_while(|empty| last.at.is_after(empty.at));
        let all = earlier.fold(self.bounds, |bounds, empty| bounds.and(self.between(*empty, last).0));
        if all.are_empty() {
            self.count_from(last, newest);
        } else {
            self.bounds = all;
        }
        EstimateChange::Consistent
    }

    fn count_from(&mut self, last: Depletion, bounds: Bounds) {
        self.empty.clear();
        self.empty.push(last);
        self.bounds = bounds;
    }

    /// The upper bound was too low, though not by much.
    pub(crate) fn raise_most(&mut self) {
        let raised = if self.stability.is_unstable() { 1.0 } else { RAISED };
        self.bounds.most = self.bounds.least * raised;
    }

    /// A window has opened. From the first burst until now it has let through what that was: that much is safe.
    fn opened(&mut self, now: Instant) {
        self.start_over();
        self.shut = Bounds::UNKNOWN;
        if let Some(rate) = self.first.rate_of_a_cycle(now) {
            self.bounds.most = rate;
            self.since = Some(self.first.started());
            self.stability.unsettle();
        }
    }

    /// Nothing of what was known of the rate holds any more.
    pub(crate) fn start_over(&mut self) {
        self.bounds = Bounds::UNKNOWN;
        self.average = None;
        self.is_pressed = false;
        self.empty.clear();
        self.since = None;
        self.stability.start_over();
    }

    /// What two moments at which the bucket was empty say of the rate, and whether it was full in between.
    fn between(&self, earlier: Depletion, later: Depletion) -> (Bounds, bool) {
        let admitted = f64::from(earlier.admitted.saturating_sub(later.admitted));
        let secs = later.at.secs_since(earlier.at);
        let uncertainty = earlier.at.uncertainty + later.at.uncertainty;
        let least = Bounds::of(admitted, secs, uncertainty).least;
        let plain = Bounds { least, ..Bounds::of(admitted + later.unheard, secs, uncertainty) };
        let (Some(resumed), Some((burst, took))) = (earlier.resumed, self.first.measured()) else {
            return (plain, false);
        };
        let paused = resumed.since(earlier.at.midpoint).as_secs();
        let rate = per_sec(admitted, secs);
        if self.capacity(rate).is_none_or(|capacity| rate * paused <= capacity) {
            return (plain, false);
        }
        // The bucket was full when the pause ended, as it was at first: what tells is how much more was admitted in
        // how much more time.
        let secs = secs - paused - took;
        let more = Bounds::of(admitted - burst, secs, uncertainty);
        let most =
            if earlier.was_paced && secs > uncertainty { more.most.max(plain.most) } else { f64::INFINITY };
        (Bounds { least: more.least.max(plain.least), most }, true)
    }
}
