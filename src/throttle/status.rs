use crate::time::Instant;

/// How much a scope lets through, from least to most restricted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// As much as may be in attempt.
    Open,
    /// A pause is over; one probe, then more and more.
    Recovering,
    /// Nothing until the pause ends.
    Paused,
    /// Nothing until a quota is renewed, but for a probe now and then.
    QuotaExceeded,
    /// Nothing any more.
    Closed,
}

/// What a scope shows of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScopeSnapshot {
    /// How much it lets through.
    pub status: Status,
    /// When its pause ends; `None` when it is not paused, or without an end.
    pub resume_at: Option<Instant>,
    /// Requests that wait.
    pub queued: u32,
    /// Requests on the wire.
    pub in_flight: u32,
    /// Requests a second that it paces itself to; `None` while it has met no limit.
    pub rate: Option<f64>,
    /// Sends so far.
    pub sent: u32,
    /// Decisions so far that were throttles.
    pub throttled: u32,
    /// Whether it is paused because there is no network.
    pub is_offline: bool,
}
