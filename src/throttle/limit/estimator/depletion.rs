//! The moments at which a refusal showed that the bucket was empty.

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::per_sec;
use crate::time::Instant;

/// A moment at which a refusal showed that the bucket was empty, and what followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depletion {
    pub(super) at: DecisionTime,
    pub(super) refusal: RefusalContext,
    /// The end of the pause that began with it; `None` during the pause.
    pub(super) resumption: Option<Resumption>,
    /// Requests admitted since.
    pub(super) admitted: u32,
    /// Requests that other tabs may have sent before it and not reported yet.
    pub(super) unreported: f64,
}

/// The end of a pause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resumption {
    pub(super) at: Instant,
    /// Whether a bucket set the pace after the pause, so that a full bucket may have lost refill.
    pub(super) is_paced: bool,
}

/// The circumstances of a refusal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RefusalContext {
    /// Whether the refusal came before bandwidth probing can have caused it.
    pub(crate) is_early: bool,
    /// Whether the backend may be out of order, so that the refusal says nothing about a limit.
    pub(crate) is_outage: bool,
}

impl Depletion {
    pub(super) fn new(at: DecisionTime, refusal: RefusalContext) -> Depletion {
        Depletion { at, refusal, resumption: None, admitted: 0, unreported: 0.0 }
    }

    /// Whether the pause that began with it is still on.
    pub(super) fn is_paused(&self) -> bool {
        self.resumption.is_none()
    }

    /// Counts a request that was admitted no later than `by`. Returns a lower bound on the refill rate since.
    pub(super) fn accepted(&mut self, by: DecisionTime) -> f64 {
        self.admitted += 1;
        let longest = by.secs_since(self.at) + self.at.uncertainty + by.uncertainty;
        per_sec(f64::from(self.admitted) - 1.0, longest)
    }
}
