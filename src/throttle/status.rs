//! The state of a scope that users see.

use crate::time::Instant;

/// The restriction of a scope, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Requests are sent as long as fewer than `max_in_flight` are in flight.
    Open,
    /// A pause is over. One probe is sent, then more and more requests.
    Recovering,
    /// Nothing is sent until the pause ends.
    Paused,
    /// The quota is used up. Only a probe is sent from time to time.
    QuotaExceeded,
    /// Nothing is sent any more.
    Closed,
}

/// The state of a scope at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScopeSnapshot {
    /// The restriction of the scope.
    pub status: Status,
    /// The end of the pause; `None` if there is no pause, or none with an end.
    pub resume_at: Option<Instant>,
    /// Requests in the queue.
    pub queued: u32,
    /// Requests in flight.
    pub in_flight: u32,
    /// The pace in requests a second; `None` as long as no limit was met.
    pub rate: Option<f64>,
    /// Attempts so far.
    pub sent: u32,
    /// Throttles so far.
    pub throttled: u32,
    /// Whether nothing is sent because there is no network.
    pub is_offline: bool,
}

impl ScopeSnapshot {
    /// Whether users should see the scope. A scope of a single route is visible while it has requests. Any other scope
    /// is visible once it has sent one, was throttled, or is restricted: a pause that only another tab has caused
    /// disappears when it ends.
    #[must_use]
    pub fn is_visible(&self, is_single_route: bool) -> bool {
        let has_happened = self.status > Status::Recovering || self.sent > 0 || self.throttled > 0;
        self.queued + self.in_flight > 0 || (has_happened && !is_single_route)
    }
}
