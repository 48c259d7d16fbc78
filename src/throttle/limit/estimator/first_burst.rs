use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::per_sec;
use crate::time::{Instant, Span};

/// What was admitted before the first throttle: from a bucket that was full to one that is empty. It tells how much a
/// full bucket holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FirstBurst {
    started: Instant,
    last_sent: Option<Instant>,
    admitted: u32,
    /// `None` until the bucket was found empty.
    took: Option<Span>,
}

/// After so long without any request, the bucket is taken to be full again.
const IDLE: Span = Span::from_secs(1);
/// What a full bucket holds is told apart from what came in meanwhile if all of it was so many times as much.
const TOLD_APART: f64 = 1.5;
/// Fewer requests than this may have met what others had left of a limit.
const ENOUGH: f64 = 16.0;

impl FirstBurst {
    /// Another tab has found out how much a full bucket holds.
    pub(crate) fn told(now: Instant, capacity: Option<f64>) -> FirstBurst {
        capacity.map_or_else(FirstBurst::default, |capacity| FirstBurst {
            started: now,
            last_sent: Some(now),
            admitted: capacity as u32,
            took: Some(Span::ZERO),
        })
    }

    /// Something is sent, and no limit was met.
    pub(crate) fn sent(&mut self, now: Instant) {
        if self.last_sent.is_none_or(|last| now.since(last) > IDLE) {
            *self = FirstBurst { started: now, ..FirstBurst::default() };
        }
        self.last_sent = Some(now);
    }

    pub(crate) fn accepted(&mut self, at: DecisionTime) {
        // Of what leaves all at once, nobody can tell what was decided first.
        if self.took.is_none_or(|took| at.midpoint.since(self.started) <= took.max(at.round_trip())) {
            self.admitted += 1;
        }
    }

    pub(crate) fn throttled(&mut self, at: DecisionTime) {
        self.took.get_or_insert(at.midpoint.since(self.started));
    }

    /// How many were admitted, and in how many seconds; `None` while it lasts, or where there was none.
    pub(crate) fn measured(&self) -> Option<(f64, f64)> {
        self.last_sent?;
        Some((f64::from(self.admitted), self.took?.as_secs()))
    }

    /// How many a second are admitted on average, if the like of it may come again now. `None` while it lasts, and
    /// where there was so little that it can hardly have been what met the limit.
    pub(crate) fn rate_of_a_cycle(&self, now: Instant) -> Option<f64> {
        let (admitted, _) = self.measured()?;
        (admitted >= ENOUGH).then(|| per_sec(admitted, now.since(self.started).as_secs()))
    }

    /// When it began.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// Requests that a full bucket holds if it refills at this rate: what was admitted, less what came in meanwhile.
    /// `None` where that is not told apart from the refill.
    pub(crate) fn capacity(&self, rate: f64) -> Option<f64> {
        let (admitted, secs) = self.measured()?;
        // Decisions that overtake each other can make the first one look like one of later.
        let admitted = admitted.max(1.0);
        let refilled = rate * secs;
        (admitted >= TOLD_APART * refilled).then_some((admitted - refilled).max(1.0))
    }
}
