//! The timer of a scope.

use gloo_timers::callback::Timeout;

use super::clock::monotonic;
use crate::time::{Instant, Span};

/// Wakes a scope at a given time.
#[derive(Default)]
pub(crate) struct WakeTimer {
    armed: Option<Armed>,
}

struct Armed {
    /// The time at which the scope wants to be woken.
    at: Instant,
    /// The same time on the platform's monotonic clock.
    due: Span,
    _timer: Timeout,
}

/// Timers stop while the machine sleeps, and a visible page gets no event on waking. So a long wait is split: each timer
/// covers at most an eighth of the time left, or 10 s. The scope is then woken early and sets the next timer.
const UNSPLIT_WAIT: Span = Span::from_secs(10);
const STEP: f64 = 1.0 / 8.0;

/// Maximum delay of a timer in milliseconds, 2^31 - 1. The platform fires a longer timer at once.
const MAX_DELAY: f64 = 2_147_483_647.0;

/// Delay up to which a running timer is kept.
const TOLERANCE: Span = Span::from_millis(1);

impl WakeTimer {
    /// Calls `callback` at `at`, or earlier if the wait is long.
    pub(crate) fn arm(&mut self, now: Instant, at: Instant, callback: impl FnOnce() + 'static) {
        let wait = at.since(now);
        let due = monotonic() + wait;
        // A timer stops while the machine sleeps: a timer set before a sleep would fire too late.
        let is_kept = self.armed.as_ref().is_some_and(|armed| armed.at == at && armed.due <= due + TOLERANCE);
        if !is_kept {
            self.armed = Some(Armed { at, due, _timer: Timeout::new(timer_millis(wait), callback) });
        }
    }

    /// Cancels the timer, if it has not fired.
    pub(crate) fn disarm(&mut self) {
        self.armed = None;
    }
}

fn timer_millis(wait: Span) -> u32 {
    let step = wait.min(UNSPLIT_WAIT.max(wait.scaled(STEP)));
    // Rounded up: a timer that fires a fraction of a millisecond early would only be set again.
    step.as_js_millis().ceil().min(MAX_DELAY) as u32
}
