use gloo_timers::callback::Timeout;

use crate::time::{Instant, Span};

/// The one timer of a scope.
#[derive(Default)]
pub(super) struct Wake {
    armed: Option<(Instant, Timeout)>,
}

/// A timer takes a signed 32-bit number of milliseconds; one more, and it fires at once. A longer wait is made of
/// several: the scope is woken early, has nothing to do, and asks to be woken again.
const LONGEST: f64 = 2_147_483_647.0;

impl Wake {
    /// Sees to it that `ring` is called at `at`, or not at all.
    pub(super) fn arm(&mut self, now: Instant, at: Option<Instant>, ring: impl FnOnce() + 'static) {
        let Some(at) = at else {
            self.armed = None;
            return;
        };
        if self.armed.as_ref().is_none_or(|(armed, _)| *armed != at) {
            self.armed = Some((at, Timeout::new(timer_millis(at.since(now)), ring)));
        }
    }

    /// The timer has fired.
    pub(super) fn disarm(&mut self) {
        self.armed = None;
    }
}

fn timer_millis(wait: Span) -> u32 {
    // Rounded up: a timer that fires a fraction of a millisecond early would only be set again.
    wait.as_js_millis().ceil().min(LONGEST) as u32
}
