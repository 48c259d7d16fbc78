use crate::time::{Instant, Span};

/// How long to be content with the rate that is known, before trying whether there is more.
///
/// Trying costs a throttle. A limit that was never seen to change is tried once for each time as long as the estimator
/// reaches: ever more rarely, so that what it costs does not grow with the work. One that has changed may do so again:
/// it is tried every few seconds, and more rarely the longer it has kept. One that does not stand still is left in peace for
/// longer, whatever it does, but never for good.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ProbeSchedule {
    /// When the last pause ended.
    resumed: Instant,
    /// Since when more waits than is let out: without demand there is nothing to be impatient for.
    pressed: Option<Instant>,
    /// When the limit was last seen to change.
    changed: Option<Instant>,
}

/// The shortest time between two tries at a limit that has changed, in seconds.
const SHORTEST: f64 = 5.0;
/// The time between two tries at a limit that does not stand still, in seconds.
const RESTLESS: f64 = 15.0;
/// A limit that has kept for so many times as long as the last try took may be tried again.
const KEPT: f64 = 12.0;
/// What is tried within the patience, in requests over what is certain: enough to contradict the estimator.
const TRIED: f64 = 2.5;
/// How late most of that is sent: the steeper, the less time passes between what may be refused, and what proves that
/// the limit has risen if it is not.
const STEEPNESS: i32 = 5;
/// What share of the patience has passed when a refusal is no surprise any more.
const EARLY: f64 = 0.4;

impl ProbeSchedule {
    pub(crate) fn resumed(&mut self, now: Instant) {
        self.resumed = now;
    }

    pub(crate) fn pressed(&mut self, now: Instant, is_pressed: bool) {
        if is_pressed {
            self.pressed.get_or_insert(now);
        } else {
            self.pressed = None;
        }
    }

    pub(crate) fn is_pressed(&self) -> bool {
        self.pressed.is_some()
    }

    pub(crate) fn limit_changed(&mut self, now: Instant) {
        self.changed = Some(now);
    }

    /// How long requests have had to wait for nothing but the pace.
    pub(crate) fn waited(&self, now: Instant) -> Span {
        self.pressed.map_or(Span::ZERO, |pressed| now.since(pressed.max(self.resumed)))
    }

    /// Whether a refusal comes long before anything was tried.
    pub(crate) fn is_early(&self, now: Instant, reach: Span, is_unstable: bool) -> bool {
        now.since(self.resumed).as_secs() < EARLY * self.interval(now, reach, is_unstable)
    }

    /// Seconds between two probes of a limit whose evidence reaches back for `reach`.
    pub(crate) fn interval(&self, now: Instant, reach: Span, is_unstable: bool) -> f64 {
        let kept = match self.changed {
            _ if is_unstable => RESTLESS,
            Some(changed) => (now.since(changed).as_secs() / KEPT).max(SHORTEST),
            None => f64::INFINITY,
        };
        reach.as_secs().min(kept).max(1.0)
    }
}

/// Requests a second to send beyond the estimate, `waited` seconds after the last pause. The integral over `interval` is
/// [`TRIED`].
pub(crate) fn extra_rate(waited: f64, interval: f64) -> f64 {
    TRIED * (f64::from(STEEPNESS) + 1.0) / interval * (waited / interval).powi(STEEPNESS)
}
