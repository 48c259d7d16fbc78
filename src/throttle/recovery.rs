use crate::time::Instant;

/// How a scope speeds up after a pause: one probe, then twice as many with each round trip, up to the most that may
/// be in flight.
///
/// It counts what it has let out itself. Requests that were on the wire before the pause say nothing about the limit
/// now, and one that takes its time must not hold up the probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recovery {
    /// When the pause began that it recovers from.
    pub(super) paused_at: Instant,
    window: u32,
    out: u32,
}

impl Recovery {
    pub(super) fn new(paused_at: Instant) -> Recovery {
        Recovery { paused_at, window: 1, out: 0 }
    }

    pub(super) fn allows(&self) -> bool {
        self.out < self.window
    }

    pub(super) fn sent(&mut self) {
        self.out += 1;
    }

    /// One that it let out is back, or was given up.
    pub(super) fn returned(&mut self) {
        self.out = self.out.saturating_sub(1);
    }

    /// One came back without a throttle: two may leave in its place.
    pub(super) fn accepted(&mut self) {
        self.window = self.window.saturating_add(1);
    }

    /// Whether no probe has been accepted yet.
    pub(super) fn is_probing(&self) -> bool {
        self.window == 1
    }

    /// Whether it restricts nothing any more.
    pub(super) fn is_done(&self, max_in_flight: u32) -> bool {
        self.window > 1 && self.window >= max_in_flight
    }
}
