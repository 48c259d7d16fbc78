use crate::time::{Instant, Span};

/// How long to be content with the rate that is known, before trying whether there is more.
///
/// Trying costs a throttle. A limit that was never seen to change is tried once for each time as long as the evidence
/// reaches: ever more rarely, so that what it costs does not grow with the work. One that has changed may do so again:
/// it is tried every few seconds, and more rarely the longer it has kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Patience {
    /// When the last pause ended.
    resumed: Instant,
    /// Since when more waits than is let out: without demand there is nothing to be impatient for.
    pressed: Option<Instant>,
    /// When the limit was last seen to change.
    changed: Option<Instant>,
}

/// The shortest time between two tries at a limit that has changed, in seconds.
const SHORTEST: f64 = 5.0;
/// A limit that has kept for so many times as long as the last try took may be tried again.
const KEPT: f64 = 12.0;
/// What is tried within the patience, in requests over what is certain: enough to contradict the evidence.
const TRIED: f64 = 2.5;
/// How late most of that is sent: the steeper, the less time passes between what may be refused, and what proves that
/// the limit has risen if it is not.
const STEEPNESS: i32 = 5;

impl Patience {
    pub(super) fn resumed(&mut self, now: Instant) {
        self.resumed = now;
    }

    pub(super) fn pressed(&mut self, now: Instant, is_pressed: bool) {
        if is_pressed {
            self.pressed.get_or_insert(now);
        } else {
            self.pressed = None;
        }
    }

    pub(super) fn limit_changed(&mut self, now: Instant) {
        self.changed = Some(now);
    }

    /// How long requests have had to wait for nothing but the pace.
    pub(super) fn waited(&self, now: Instant) -> Span {
        self.pressed.map_or(Span::ZERO, |pressed| now.since(pressed.max(self.resumed)))
    }

    /// By how many requests a second to go faster than is certain, with evidence that reaches back for `reach`.
    pub(super) fn impatience(&self, now: Instant, reach: Span) -> f64 {
        let kept = self.changed.map(|changed| (now.since(changed).as_secs() / KEPT).max(SHORTEST));
        let patience = reach.as_secs().min(kept.unwrap_or(f64::INFINITY)).max(1.0);
        // The integral of this over the patience is what is tried.
        let steepness = f64::from(STEEPNESS);
        TRIED * (steepness + 1.0) / patience * (self.waited(now).as_secs() / patience).powi(STEEPNESS)
    }
}
