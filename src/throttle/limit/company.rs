//! The evidence that other clients share the limit.

use crate::throttle::limit::controller::Cycle;
use crate::throttle::limit::estimator::regime::Regime;
use crate::time::Instant;

/// Tells whether the client has the limit to itself.
///
/// A client alone finds a token when a pause is over, as far as it knows the rate. If its probe is refused all the same,
/// somebody else has taken the token. A window is no bucket, and refuses probes until it opens; its first burst is
/// large, and takes more evidence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Company {
    /// Unexplained refusals of a probe, up to a maximum.
    surprises: u32,
    /// Refusals since then that a client alone would have met, too.
    explained: u32,
    /// Whether the first burst was large enough to have met the limit alone.
    is_first_burst_large: bool,
    was_probe_refused: bool,
    has_admitted: bool,
}

/// The surprises that show company.
const ENOUGH: u32 = 1;
/// The surprises beyond those while no bound of the rate is known.
const UNKNOWN_EXTRA: u32 = 1;
/// The surprises beyond those after a large first burst.
const LARGE_BURST_EXTRA: u32 = 2;
/// More surprises than this say nothing more.
const MAX_SURPRISES: u32 = 7;
/// The refusals that a client alone would have met, in a row, that show that the company has left.
const EXPLAINED: u32 = 3;
/// Fewer requests between two refusals show no rate.
const MIN_ADMITTED: u32 = 10;
/// The tokens that a probe can expect to find, at the middle of the bounds.
const EXPECTED_TOKENS: f64 = 0.7;
/// A backend that is busy may refuse a probe that comes sooner.
const MIN_SECS: f64 = 0.25;

impl Company {
    /// Starts over: with a large first burst, or among tabs, the cause of a refusal is another.
    pub(super) fn forget(&mut self) {
        self.surprises = 0;
    }

    pub(super) fn first_burst_was_large(&mut self) {
        self.is_first_burst_large = true;
        self.forget();
    }

    pub(super) fn accepted(&mut self) {
        self.has_admitted = true;
    }

    /// Records a refusal that begins a pause, at the end of a cycle.
    pub(super) fn refused(&mut self, now: Instant, cycle: Cycle, regime: Regime) {
        let is_probe = cycle.admitted == 0;
        let is_first = !self.was_probe_refused;
        self.was_probe_refused = is_probe;
        let secs = cycle.secs(now);
        let expected = regime.middle() * secs;
        if is_probe && expected >= EXPECTED_TOKENS && secs >= MIN_SECS {
            if is_first || !self.is_first_burst_large {
                self.surprises = (self.surprises + 1).min(MAX_SURPRISES);
                self.explained = 0;
            }
        } else if cycle.admitted >= MIN_ADMITTED {
            self.explained += 1;
            if self.explained >= EXPLAINED {
                self.forget();
            }
        }
    }

    /// Whether the gateway admits requests at all, so that refusals show how fast others are.
    pub(super) fn has_admitted(&self) -> bool {
        self.has_admitted
    }

    /// Whether others use the limit, too.
    pub(super) fn is_likely(&self, regime: Regime) -> bool {
        let extra = match regime {
            Regime::Searching { .. } => return false,
            Regime::Unknown => UNKNOWN_EXTRA,
            Regime::Bounded(_) | Regime::Lossy(_) | Regime::Unstable(_) => 0,
        };
        let extra = extra + if self.is_first_burst_large { LARGE_BURST_EXTRA } else { 0 };
        self.surprises >= ENOUGH + extra
    }
}
