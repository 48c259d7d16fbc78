//! The regimes of the estimator, and the pace of each.

use crate::throttle::limit::estimator::bounds::Bounds;
use crate::throttle::limit::probing::extra_rate;
use crate::time::Span;

/// What the estimator knows of the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Regime {
    /// Nothing: the window alone limits what is sent.
    Unknown,
    /// The average rate of the first burst and the pause after it. If the refill rate is lower, the refill of the pause
    /// is still in the bucket, and a slow pace gains nothing. If it is higher, the bucket was full before the pause was
    /// over, and a slower pace would not show that it empties.
    Searching { average: f64 },
    /// The refill rate lies between the bounds, and does not vary.
    Bounded(Bounds),
    /// The last pause was longer than the bucket takes to fill, so a refusal costs time. The upper bound may be infinite.
    Lossy(Bounds),
    /// The refill rate varies. The upper bound may be infinite.
    Unstable(Bounds),
}

/// The lowest estimate: one request in 30 s, as often as the longest backoff probes.
const MIN_RATE: f64 = 1.0 / 30.0;

/// The growth of the pace above the lower bound, a second, while there is no upper bound.
const CLIMB: f64 = 0.1;

/// Search ramp: pace = average × (1.1 + 0.15 t)², with t the seconds waited. It starts at 1.2 × the average and reaches
/// 2 × after two seconds.
const SEARCH_START_ROOT: f64 = 1.1;
const SEARCH_SLOPE: f64 = 0.15;

impl Regime {
    pub(crate) fn is_unstable(self) -> bool {
        matches!(self, Regime::Unstable(_))
    }

    /// Requests a second that the limit is taken to admit, at most `ceiling`; infinite if neither is known.
    pub(crate) fn estimate(self, ceiling: f64) -> f64 {
        let rate = match self {
            Regime::Bounded(bounds) => bounds.most,
            regime => regime.cautious(ceiling),
        };
        rate.max(MIN_RATE).min(ceiling)
    }

    /// The estimate where a refusal costs more time than a higher pace saves.
    pub(crate) fn cautious_estimate(self, ceiling: f64) -> f64 {
        self.cautious(ceiling).max(MIN_RATE).min(ceiling)
    }

    fn cautious(self, ceiling: f64) -> f64 {
        match self {
            Regime::Unknown => ceiling,
            Regime::Searching { average } => average,
            Regime::Bounded(bounds) | Regime::Lossy(bounds) | Regime::Unstable(bounds) => {
                if bounds.is_known() { (bounds.least + bounds.most.min(ceiling)) / 2.0 } else { bounds.least }
            }
        }
    }

    /// Requests a second to send after requests have waited for `waited`, with probes for a higher limit every
    /// `interval` seconds.
    pub(crate) fn pace(self, ceiling: f64, waited: Span, interval: f64) -> f64 {
        let (estimate, waited) = (self.estimate(ceiling), waited.as_secs());
        match self {
            Regime::Unknown => estimate,
            Regime::Searching { .. } => {
                let ramp = SEARCH_START_ROOT + SEARCH_SLOPE * waited;
                estimate * ramp * ramp
            }
            Regime::Lossy(bounds) | Regime::Unstable(bounds) if !bounds.is_known() => {
                estimate * (1.0 + CLIMB * waited)
            }
            Regime::Bounded(_) | Regime::Lossy(_) | Regime::Unstable(_) => {
                estimate + extra_rate(waited, interval)
            }
        }
    }
}
