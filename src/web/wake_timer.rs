use gloo_timers::callback::Timeout;

use super::clock::monotonic;
use crate::time::{Instant, Span};

/// The one timer of a scope.
#[derive(Default)]
pub(super) struct Wake {
    armed: Option<Armed>,
}

struct Armed {
    /// When the scope wants to be woken.
    at: Instant,
    /// When that is on the clock that the platform's timers go by.
    due: Span,
    _timer: Timeout,
}

/// A longer wait is made of several timers: the scope is woken early, has nothing to do, and asks to be woken again.
/// For timers stand still while the machine sleeps, nothing need tell a page that is in sight of its waking, and what
/// was due meanwhile is due at once. An eighth of what is left at a time is soon enough, and seldom enough.
const UNBROKEN: Span = Span::from_secs(10);
const SHARE: f64 = 1.0 / 8.0;

/// A timer takes a signed 32-bit number of milliseconds; one more, and it fires at once.
const LONGEST: f64 = 2_147_483_647.0;

/// How much too late a timer may be without being set anew.
const LATE: Span = Span::from_millis(1);

impl Wake {
    /// Sees to it that `ring` is called at `at`.
    pub(super) fn arm(&mut self, now: Instant, at: Instant, ring: impl FnOnce() + 'static) {
        let wait = at.since(now);
        let due = monotonic() + wait;
        // A timer stands still while the machine sleeps: one that was set before would ring too late.
        let is_kept = self.armed.as_ref().is_some_and(|armed| armed.at == at && armed.due <= due + LATE);
        if !is_kept {
            self.armed = Some(Armed { at, due, _timer: Timeout::new(timer_millis(wait), ring) });
        }
    }

    /// The timer has fired, or is not needed any more.
    pub(super) fn disarm(&mut self) {
        self.armed = None;
    }
}

fn timer_millis(wait: Span) -> u32 {
    let step = wait.min(UNBROKEN.max(wait.scaled(SHARE)));
    // Rounded up: a timer that fires a fraction of a millisecond early would only be set again.
    step.as_js_millis().ceil().min(LONGEST) as u32
}
