//! The schedule of bandwidth probing: when the pace exceeds the estimate to find out that the limit has risen.

use crate::time::{Instant, Span};

/// Bandwidth probing costs a refusal if the limit has not risen.
///
/// A limit that has never changed is probed at intervals as long as the evidence reaches back. The intervals grow, so the
/// total cost does not grow with the work. A limit that has changed may change again: it is probed every few seconds,
/// and less often the longer it has been stable. An unstable limit is probed every 15 s at least.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ProbeSchedule {
    /// The end of the last pause.
    resumed: Instant,
    /// The moment since which requests wait; `None` while the queue is empty.
    backlogged: Option<Instant>,
    /// The last moment at which the limit was seen to change.
    changed: Option<Instant>,
}

const MIN_INTERVAL: Span = Span::from_secs(1);
/// The shortest interval for a limit that has changed.
const MIN_INTERVAL_AFTER_CHANGE: Span = Span::from_secs(5);
/// The longest interval for an unstable limit.
const MAX_UNSTABLE_INTERVAL: Span = Span::from_secs(15);
/// A limit that has changed is probed at intervals of this part of the time for which it has been stable.
const STABLE_FOR_DIVISOR: f64 = 12.0;
/// Requests sent beyond the estimate in one interval: enough to contradict the estimate.
const EXTRA_REQUESTS: f64 = 2.5;
/// Exponent of the ramp. A higher exponent sends most extra requests at the end, so that a refusal, or its absence,
/// follows soon.
const RAMP_EXPONENT: i32 = 5;
/// The part of an interval before which a refusal is early: hardly any extra request was sent.
const EARLY: f64 = 0.4;

impl ProbeSchedule {
    pub(super) fn resumed(&mut self, now: Instant) {
        self.resumed = now;
    }

    pub(super) fn set_backlogged(&mut self, now: Instant, is_backlogged: bool) {
        if is_backlogged {
            self.backlogged.get_or_insert(now);
        } else {
            self.backlogged = None;
        }
    }

    pub(super) fn is_backlogged(&self) -> bool {
        self.backlogged.is_some()
    }

    pub(super) fn limit_changed(&mut self, now: Instant) {
        self.changed = Some(now);
    }

    /// The time for which requests have waited since the last pause.
    pub(super) fn waited(&self, now: Instant) -> Span {
        self.backlogged.map_or(Span::ZERO, |since| now.since(since.max(self.resumed)))
    }

    /// Whether a refusal comes before bandwidth probing can have caused it.
    pub(super) fn is_early(&self, now: Instant, reach: Span, is_unstable: bool) -> bool {
        now.since(self.resumed).as_secs() < EARLY * self.interval_secs(now, reach, is_unstable)
    }

    /// The interval for evidence that reaches back for `reach`.
    pub(super) fn interval_secs(&self, now: Instant, reach: Span, is_unstable: bool) -> f64 {
        let most = match self.changed {
            _ if is_unstable => MAX_UNSTABLE_INTERVAL.as_secs(),
            Some(changed) => {
                (now.since(changed).as_secs() / STABLE_FOR_DIVISOR).max(MIN_INTERVAL_AFTER_CHANGE.as_secs())
            }
            None => f64::INFINITY,
        };
        reach.as_secs().min(most).max(MIN_INTERVAL.as_secs())
    }
}

/// Requests a second beyond the estimate, after requests have `waited`. The integral over the interval is
/// [`EXTRA_REQUESTS`].
pub(super) fn extra_rate(waited: Span, interval_secs: f64) -> f64 {
    let peak = EXTRA_REQUESTS * (f64::from(RAMP_EXPONENT) + 1.0) / interval_secs;
    peak * (waited.as_secs() / interval_secs).powi(RAMP_EXPONENT)
}
