use crate::time::{Instant, Span};

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

    /// Exactly then.
    pub(super) fn exactly(at: Instant) -> Moment {
        Moment { middle: at, slack: 0.0 }
    }

    /// How long the request was on its way.
    pub(super) fn round_trip(self) -> Span {
        Span::from_secs_ceil(self.slack * 4.0)
    }

    /// When the request was sent.
    pub(super) fn sent_at(self) -> Instant {
        self.middle.before(self.round_trip().scaled(0.5))
    }

    pub(super) fn is_after(self, other: Moment) -> bool {
        self.middle > other.middle
    }

    pub(super) fn secs_since(self, earlier: Moment) -> f64 {
        self.middle.since(earlier.middle).as_secs()
    }
}
