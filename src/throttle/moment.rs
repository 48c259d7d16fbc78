use crate::time::Instant;

/// When a gateway decided about a request: about halfway between its sending and its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    pub(super) middle: Instant,
    /// How far off that may be, in seconds.
    pub(super) slack: f64,
}

impl Moment {
    pub(super) fn between(sent_at: Instant, answered_at: Instant) -> Moment {
        let round_trip = answered_at.since(sent_at);
        Moment { middle: sent_at + round_trip.scaled(0.5), slack: round_trip.as_secs() / 4.0 }
    }

    pub(super) fn is_after(self, other: Moment) -> bool {
        self.middle > other.middle
    }

    pub(super) fn secs_since(self, earlier: Moment) -> f64 {
        self.middle.since(earlier.middle).as_secs()
    }
}
