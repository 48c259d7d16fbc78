use super::clock::monotonic;
use crate::time::{Instant, Span};

/// The one timer of a scope, which the other half sets.
#[derive(Default)]
pub(super) struct Wake {
    armed: Option<Armed>,
}

#[derive(Clone, Copy)]
struct Armed {
    /// When the scope wants to be woken.
    at: Instant,
    /// When that is on the clock that the platform's timers go by.
    due: Span,
}

/// What to do with the timer, as a number of milliseconds to set it to.
const KEEP: f64 = -1.0;
const CLEAR: f64 = f64::INFINITY;

/// A timer takes a signed 32-bit number of milliseconds; one more, and it fires at once. A longer wait is made of
/// several: the scope is woken early, has nothing to do, and asks to be woken again.
const LONGEST: u64 = 2_147_483_647;

/// How much too late a timer may be without being set anew.
const LATE: Span = Span::from_millis(1);

impl Wake {
    /// For the scope to be woken at `at`, or not at all.
    pub(super) fn arm(&mut self, now: Instant, at: Option<Instant>) -> f64 {
        let Some(at) = at else { return if self.armed.take().is_some() { CLEAR } else { KEEP } };
        let wait = at.since(now);
        let due = monotonic() + wait;
        // A timer stands still while the machine sleeps: one that was set before would ring too late.
        if self.armed.is_some_and(|armed| armed.at == at && armed.due <= due + LATE) {
            return KEEP;
        }
        self.armed = Some(Armed { at, due });
        // Rounded up: a timer that fires a fraction of a millisecond early would only be set again.
        wait.as_micros().div_ceil(1_000).min(LONGEST) as f64
    }

    /// The timer has fired.
    pub(super) fn disarm(&mut self) {
        self.armed = None;
    }
}
