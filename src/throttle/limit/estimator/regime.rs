//! The regimes of the estimator, and the pace of each.

use crate::throttle::limit::estimator::bounds::Bounds;
use crate::throttle::limit::probing::extra_rate;
use crate::time::Span;

/// The state of knowledge about the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Regime {
    /// Neither an average nor an upper bound is known.
    Unknown,
    /// Only the average rate of the first burst and the pause after it is known. If the refill rate is lower, the refill
    /// of the pause is still in the bucket, so a slow pace gains nothing. If it is higher, the bucket was full before
    /// the pause ended, and at a slower pace it would never empty.
    Searching { average: f64 },
    /// The refill rate lies between the bounds, and is stable.
    Bounded(Bounds),
    /// The last pause was longer than the bucket takes to fill, so a refusal costs time. There may be no upper bound.
    Lossy(Bounds),
    /// The refill rate oscillates. There may be no upper bound.
    Unstable(Bounds),
}

/// The lowest estimate: one request in 30 s, as often as the longest backoff probes.
const MIN_RATE: f64 = 1.0 / 30.0;

/// Growth of the pace above the lower bound in each second, without an upper bound.
const CLIMB_PER_SEC: f64 = 0.1;

/// Search ramp: pace = average · (1.1 + 0.15 t)², with t the seconds waited: 1.21 × the average at first, 1.96 × after
/// two seconds.
const SEARCH_START_ROOT: f64 = 1.1;
const SEARCH_SLOPE: f64 = 0.15;

impl Regime {
    pub(crate) fn is_unstable(self) -> bool {
        matches!(self, Regime::Unstable(_))
    }

    /// The middle of the bounds; infinite without an upper one.
    pub(crate) fn middle(self) -> f64 {
        match self {
            Regime::Unknown | Regime::Searching { .. } => f64::INFINITY,
            Regime::Bounded(bounds) | Regime::Lossy(bounds) | Regime::Unstable(bounds) => {
                (bounds.least + bounds.most) / 2.0
            }
        }
    }

    /// The rate that the limit is taken to admit, at most `ceiling`. Infinite if nothing is known.
    pub(crate) fn estimate(self, ceiling: f64) -> f64 {
        let rate = match self {
            Regime::Bounded(bounds) => bounds.most,
            regime => regime.cautious(ceiling),
        };
        rate.max(MIN_RATE).min(ceiling)
    }

    /// The estimate for a moment at which a refusal costs more time than a higher pace saves.
    pub(crate) fn cautious_estimate(self, ceiling: f64) -> f64 {
        self.cautious(ceiling).max(MIN_RATE).min(ceiling)
    }

    fn cautious(self, ceiling: f64) -> f64 {
        match self {
            Regime::Unknown => ceiling,
            Regime::Searching { average } => average,
            Regime::Bounded(bounds) | Regime::Lossy(bounds) | Regime::Unstable(bounds) => {
                if bounds.have_upper() {
                    (bounds.least + bounds.most.min(ceiling)) / 2.0
                } else {
                    bounds.least
                }
            }
        }
    }

    /// The pace after requests have `waited`, in requests a second.
    pub(crate) fn pace(self, ceiling: f64, waited: Span, probe_interval_secs: f64) -> f64 {
        let estimate = self.estimate(ceiling);
        match self {
            Regime::Unknown => estimate,
            Regime::Searching { .. } => {
                let ramp = SEARCH_START_ROOT + SEARCH_SLOPE * waited.as_secs();
                estimate * ramp * ramp
            }
            Regime::Lossy(bounds) | Regime::Unstable(bounds) if !bounds.have_upper() => {
                estimate * (1.0 + CLIMB_PER_SEC * waited.as_secs())
            }
            Regime::Bounded(_) | Regime::Lossy(_) | Regime::Unstable(_) => {
                estimate + extra_rate(waited, probe_interval_secs)
            }
        }
    }
}
