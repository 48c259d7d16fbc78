//! The requests admitted before the first refusal: from a full bucket to an empty one.

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::per_sec;
use crate::time::{Instant, Span};

/// The first burst shows the capacity of the bucket.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FirstBurst {
    started: Instant,
    last_sent: Option<Instant>,
    admitted: u32,
    /// The time until the first refusal; `None` before it.
    took: Option<Span>,
}

/// After this time without a request, the bucket is taken to be full again.
const IDLE: Span = Span::from_secs(1);
/// The capacity is known only if the first burst was at least this many times the refill during it.
const MIN_BURST_PER_REFILL: f64 = 1.5;
/// Fewer admitted requests cannot have exhausted a limit: other clients may have.
const MIN_ADMITTED: f64 = 16.0;

impl FirstBurst {
    /// The burst of a limit that another tab has estimated.
    pub(super) fn from_capacity(now: Instant, capacity: Option<f64>) -> FirstBurst {
        capacity.map_or_else(FirstBurst::default, |capacity| FirstBurst {
            started: now,
            last_sent: Some(now),
            admitted: capacity as u32,
            took: Some(Span::ZERO),
        })
    }

    pub(super) fn sent(&mut self, now: Instant) {
        if self.last_sent.is_none_or(|last| now.since(last) > IDLE) {
            *self = FirstBurst { started: now, ..FirstBurst::default() };
        }
        self.last_sent = Some(now);
    }

    pub(super) fn accepted(&mut self, at: DecisionTime) {
        // Requests that leave together may be decided in any order.
        if self.took.is_none_or(|took| at.midpoint.since(self.started) <= took.max(at.round_trip())) {
            self.admitted += 1;
        }
    }

    pub(super) fn throttled(&mut self, at: DecisionTime) {
        self.took.get_or_insert(at.midpoint.since(self.started));
    }

    /// The number of requests admitted, and the seconds it took; `None` during the burst, or without one.
    pub(super) fn measured(&self) -> Option<(f64, f64)> {
        self.last_sent?;
        Some((f64::from(self.admitted), self.took?.as_secs()))
    }

    /// Average rate of one cycle: the first burst and the pause after it. `None` during the burst, or if fewer than
    /// [`MIN_ADMITTED`] requests were admitted.
    pub(super) fn rate_of_a_cycle(&self, now: Instant) -> Option<f64> {
        let (admitted, _) = self.measured()?;
        (admitted >= MIN_ADMITTED).then(|| per_sec(admitted, now.since(self.started).as_secs()))
    }

    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// The capacity of a bucket with this refill rate: admitted requests less the refill during the burst.
    pub(super) fn capacity(&self, rate: f64) -> Option<f64> {
        let (admitted, secs) = self.measured()?;
        // Decisions that overtake each other can hide the first acceptance.
        let admitted = admitted.max(1.0);
        let refilled = rate * secs;
        (admitted >= MIN_BURST_PER_REFILL * refilled).then_some((admitted - refilled).max(1.0))
    }
}
