use api_service_client::time::{Instant, Span};

/// A time without a network: what is on its way is lost, and what is sent fails as soon as that is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// When it begins, from the start of the run.
    pub from: Span,
    /// When it is over.
    pub until: Span,
    /// Whether the browser knows of it.
    pub is_known: bool,
}

impl Outage {
    /// Whether it lasts at that moment.
    #[must_use]
    pub fn covers(self, at: Instant) -> bool {
        (self.from..self.until).contains(&at.since(Instant::START))
    }
}
