use crate::time::{Instant, Span};

/// A used-up quota of a day, a week or a month. When it is renewed nobody says, and Amazon's own texts disagree, so
/// that only trying tells: one call is let through now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    interval: Span,
    /// From when on one call may try.
    pub(crate) next_probe: Instant,
    is_probing: bool,
}

const FIRST: Span = Span::from_secs(60);
const LONGEST: Span = Span::from_secs(15 * 60);

impl Quota {
    pub(crate) fn exceeded(now: Instant) -> Quota {
        Quota { interval: FIRST, next_probe: now + FIRST, is_probing: false }
    }

    /// A probe found it still exceeded.
    pub(crate) fn still_exceeded(self, now: Instant) -> Quota {
        let interval = (self.interval + self.interval).min(LONGEST);
        Quota { interval, next_probe: now + interval, is_probing: false }
    }

    pub(crate) fn lets_probe(&self, now: Instant) -> bool {
        !self.is_probing && now >= self.next_probe
    }

    pub(crate) fn probe_sent(&mut self) {
        self.is_probing = true;
    }

    /// The probe came back without saying anything about the quota.
    pub(crate) fn probe_lost(&mut self) {
        self.is_probing = false;
    }
}
