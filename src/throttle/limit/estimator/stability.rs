//! The stability of the limit: a rate that varies must not be relied on to the last request.

use crate::throttle::limit::estimator::bounds::Bounds;
use crate::time::Span;

/// Counts oscillations of the refill rate.
///
/// A bucket that serves one client contradicts its bounds only after its rate has changed, and then by much. A bucket
/// shared with other clients, a sliding window and a concurrency limit contradict them all the time by a little, and
/// refuse early. The average rate of such a limit counts. It is probed less often, and some tokens stay in reserve.
#[derive(Debug, Clone, Default)]
pub(super) struct Stability {
    /// The bounds before the newest.
    known: Bounds,
    /// Oscillations less confirmations; above zero the limit is unstable.
    oscillations: u32,
    /// Whether the rate last moved upwards.
    was_up: Option<bool>,
}

/// More caution than this gains nothing.
const MAX_OSCILLATIONS: u32 = 6;
/// A larger factor between old and new bounds is a change of the limit, not an oscillation.
const MIN_CHANGE: f64 = 2.0;
/// Tokens kept in reserve for each oscillation.
const RESERVE: f64 = 2.0;
/// The reserve is at most the refill of this time.
const MAX_RESERVE: Span = Span::from_secs(2);
/// A rate above the known bounds by a smaller factor can be luck.
const MAX_LUCK: f64 = 1.5;

impl Stability {
    pub(super) fn is_unstable(&self) -> bool {
        self.oscillations > 0
    }

    /// Tokens to keep in reserve at this rate.
    pub(super) fn reserve(&self, rate: f64) -> f64 {
        (RESERVE * f64::from(self.oscillations)).min(MAX_RESERVE.as_secs() * rate)
    }

    /// Whether an unstable limit can admit this rate by luck.
    pub(super) fn is_luck(&self, least: f64) -> bool {
        self.is_unstable() && least < MAX_LUCK * self.known.most
    }

    /// Compares the newest bounds with the known ones.
    pub(super) fn observe(&mut self, newest: Bounds, is_early: bool) {
        let (up, down) = (newest.least / self.known.most, self.known.least / newest.most);
        let change = up.max(down);
        if change > MIN_CHANGE {
            self.oscillations = self.oscillations.saturating_sub(2);
            self.was_up = None;
        } else if is_early || change > 1.0 {
            let is_reversal = self.was_up == Some(down > 1.0);
            if is_early || is_reversal || self.is_unstable() {
                self.add_oscillation();
            }
            if !is_early {
                self.was_up = Some(up > 1.0);
            }
        } else {
            self.oscillations = self.oscillations.saturating_sub(1);
        }
    }

    pub(super) fn set_known(&mut self, known: Bounds) {
        self.known = known;
    }

    pub(super) fn add_oscillation(&mut self) {
        self.oscillations = (self.oscillations + 1).min(MAX_OSCILLATIONS);
    }

    /// Forgets the oscillations of a limit that has changed.
    pub(super) fn start_over(&mut self) {
        self.oscillations = 0;
        self.was_up = None;
    }
}
