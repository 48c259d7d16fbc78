//! What a server says of one limit.

use crate::time::Span;

/// What a server says of the limit that is the closest to being reached. A hint, not a promise:
/// even with requests remaining the next may be refused (draft 11, section 8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests that it would still admit.
    pub remaining: u64,
    /// Requests that it admits in one [`window`](RateLimit::window), if it says so.
    pub limit: Option<u64>,
    /// Length of the window to which [`limit`](RateLimit::limit) applies.
    pub window: Option<Span>,
    /// From now, the time within which no more than what remains is admitted.
    pub reset: Option<Span>,
}
