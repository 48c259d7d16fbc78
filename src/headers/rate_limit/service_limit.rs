//! One limit, as a server reports it.

use crate::time::Span;

/// The limit of a server that is closest to being reached. It is a hint: the next request may be refused although
/// some remain (draft 11, section 8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests that the server still admits.
    pub remaining: u64,
    /// Requests admitted in one [`window`](RateLimit::window).
    pub limit: Option<u64>,
    /// The length of the window of [`limit`](RateLimit::limit).
    pub window: Option<Span>,
    /// Time until the server admits more than `remaining` requests.
    pub reset: Option<Span>,
}
