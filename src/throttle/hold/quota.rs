//! A used-up quota.

use crate::time::{Instant, Span};

/// A used-up quota of a day, a week or a month. No response says when it is renewed, and Amazon's own documents
/// disagree about it. So one request probes from time to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    interval: Span,
    pub(crate) next_probe: Instant,
    is_probing: bool,
}

const FIRST_PROBE_INTERVAL: Span = Span::from_secs(60);
const MAX_PROBE_INTERVAL: Span = Span::from_secs(15 * 60);

impl Quota {
    pub(super) fn exceeded(now: Instant) -> Quota {
        Quota { interval: FIRST_PROBE_INTERVAL, next_probe: now + FIRST_PROBE_INTERVAL, is_probing: false }
    }

    /// Doubles the interval after a probe that found the quota still used up.
    pub(super) fn still_exceeded(self, now: Instant) -> Quota {
        let interval = (self.interval + self.interval).min(MAX_PROBE_INTERVAL);
        Quota { interval, next_probe: now + interval, is_probing: false }
    }

    pub(super) fn allows_probe(&self, now: Instant) -> bool {
        !self.is_probing && now >= self.next_probe
    }

    pub(crate) fn probe_sent(&mut self) {
        self.is_probing = true;
    }

    /// Ends the probe without a result.
    pub(crate) fn probe_ended(&mut self) {
        self.is_probing = false;
    }
}
