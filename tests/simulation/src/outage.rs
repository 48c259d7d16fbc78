//! A time without a network.

use api_service_client::time::{Instant, Span};

/// A time without a network. Requests in flight are lost, and new ones fail as soon as the failure is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// The start, counted from the start of the run.
    pub from: Span,
    /// The end.
    pub until: Span,
    /// Whether the browser reports it.
    pub is_known: bool,
}

impl Outage {
    /// Whether the outage covers this moment.
    #[must_use]
    pub fn covers(self, at: Instant) -> bool {
        (self.from..self.until).contains(&at.since(Instant::START))
    }
}
