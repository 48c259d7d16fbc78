//! The time of a gateway's decision, as the client estimates it.

use crate::time::{Instant, Span};

/// The time at which a gateway decided about a request: the middle of the round trip, ± a quarter of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DecisionTime {
    pub(crate) midpoint: Instant,
    /// The largest distance of the decision from `midpoint`, in seconds.
    pub(crate) uncertainty: f64,
}

impl DecisionTime {
    pub(crate) fn between(sent_at: Instant, answered_at: Instant) -> DecisionTime {
        let round_trip = answered_at.since(sent_at);
        DecisionTime { midpoint: sent_at + round_trip.scaled(0.5), uncertainty: round_trip.as_secs() / 4.0 }
    }

    /// A decision at a known moment.
    pub(crate) fn exactly(at: Instant) -> DecisionTime {
        DecisionTime { midpoint: at, uncertainty: 0.0 }
    }

    pub(crate) fn round_trip(self) -> Span {
        Span::from_secs_ceil(self.uncertainty * 4.0)
    }

    /// The moment at which the request was sent.
    pub(crate) fn sent_at(self) -> Instant {
        self.midpoint.before(self.round_trip().scaled(0.5))
    }

    pub(crate) fn is_after(self, other: DecisionTime) -> bool {
        self.midpoint > other.midpoint
    }

    pub(crate) fn secs_since(self, earlier: DecisionTime) -> f64 {
        self.midpoint.since(earlier.midpoint).as_secs()
    }
}
