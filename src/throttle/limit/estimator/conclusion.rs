//! The conclusion from a depletion, drawn when the pause that it began is over.

use crate::throttle::limit::estimator::bounds::{Bounds, per_sec};
use crate::throttle::limit::estimator::depletion::{Depletion, Resumption};
use crate::throttle::limit::estimator::{MIN_ESTABLISHED, RateEstimator};
use crate::time::Instant;

/// The bounds that two depletions imply.
struct Implied {
    bounds: Bounds,
    /// Whether the bucket was full in between, and lost refill.
    is_lossy: bool,
}

impl RateEstimator {
    /// Evaluates the depletion that began the pause. Returns whether the limit has changed.
    ///
    /// Other tabs may have sent `unreported` requests before the depletion.
    pub(crate) fn conclude(&mut self, now: Instant, unreported: usize, is_alone: bool) -> bool {
        let is_established = self.reach(now) > MIN_ESTABLISHED;
        let is_changed = self.conclude_last(unreported as f64) && is_established;
        let has_average = is_alone && self.was_backlogged && self.most_while_refused.is_none();
        self.average = self.first_burst.rate_of_a_cycle(now).filter(|_| has_average);
        let is_paced = self.is_lossy || self.bounds.have_upper() || self.average.is_some();
        if let Some(last) = self.depletions.last_mut() {
            last.resumption = Some(Resumption { at: now, is_paced });
        }
        is_changed
    }

    /// Returns whether the depletion contradicts the bounds.
    fn conclude_last(&mut self, unreported: f64) -> bool {
        let Some(last) = self.depletions.last_mut().filter(|last| last.is_paused()) else { return false };
        last.unreported = unreported;
        let [.., before, last] = self.depletions[..] else { return false };
        if before.admitted != last.admitted {
            self.most_while_refused = None;
            self.was_backlogged = false;
            let is_contradicted = self.weigh(before, last);
            self.stability.set_known(self.bounds);
            return is_contradicted;
        }
        // Nothing was admitted in between, so both are one depletion that has lasted until now.
        self.depletions.pop();
        if let Some(same) = self.depletions.last_mut() {
            same.at = last.at;
        }
        if !last.refusal.is_outage {
            let most = self.between(before, last).bounds.most;
            self.most_while_refused = Some(self.most_while_refused.map_or(most, |known| known.min(most)));
        }
        false
    }

    fn weigh(&mut self, before: Depletion, last: Depletion) -> bool {
        let Implied { bounds: newest, is_lossy } = self.between(before, last);
        self.is_lossy = is_lossy;
        if !is_lossy {
            self.stability.observe(newest, last.refusal.is_early);
        }
        if self.stability.is_unstable() {
            let oldest = self.depletions.first().copied().unwrap_or(before);
            self.bounds = self.between(oldest, last).bounds;
            return false;
        }
        if newest.contradict(self.bounds) {
            self.consistent_since = Some(last.at.midpoint);
            self.restart_from(last, newest);
            return true;
        }
        if is_lossy {
            // Counts from before the full bucket miss the refill that it lost.
            self.restart_from(last, self.bounds.and(newest));
            return false;
        }
        let earlier = self.depletions.iter().take_while(|depletion| last.at.is_after(depletion.at));
        let all =
            earlier.fold(self.bounds, |bounds, earlier| bounds.and(self.between(*earlier, last).bounds));
        if all.are_empty() {
            self.restart_from(last, newest);
        } else {
            self.bounds = all;
        }
        false
    }

    fn restart_from(&mut self, last: Depletion, bounds: Bounds) {
        self.depletions.clear();
        self.depletions.push(last);
        self.bounds = bounds;
    }

    fn between(&self, earlier: Depletion, later: Depletion) -> Implied {
        let admitted = f64::from(earlier.admitted.saturating_sub(later.admitted));
        let secs = later.at.secs_since(earlier.at);
        let uncertainty = earlier.at.uncertainty + later.at.uncertainty;
        let least = Bounds::of(admitted, secs, uncertainty).least;
        let most = Bounds::of(admitted + later.unreported, secs, uncertainty).most;
        let without_loss = Implied { bounds: Bounds { least, most }, is_lossy: false };
        let (Some(resumption), Some((burst, took))) = (earlier.resumption, self.first_burst.measured())
        else {
            return without_loss;
        };
        let paused = resumption.at.since(earlier.at.midpoint).as_secs();
        let rate = per_sec(admitted, secs);
        if self.capacity(rate).is_none_or(|capacity| rate * paused <= capacity) {
            return without_loss;
        }
        // The bucket was full when the pause ended. Both bursts ran from a full bucket to an empty one, so they differ
        // only by refill: rate = (admitted₂ − admitted₁) ÷ (duration₂ − duration₁).
        let secs = secs - paused - took;
        let refill = Bounds::of(admitted - burst, secs, uncertainty);
        let has_upper = resumption.is_paced && secs > uncertainty;
        let most = if has_upper { refill.most.max(most) } else { f64::INFINITY };
        Implied { bounds: Bounds { least: refill.least.max(least), most }, is_lossy: true }
    }
}
