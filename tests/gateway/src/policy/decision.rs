//! The result of evaluating the limits.

use std::time::Duration;

/// The result of evaluating the limits for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The request passes: it took a token.
    Admitted {
        /// Remaining tokens of the client's bucket.
        remaining: u32,
        /// Remaining requests of the client's quota, if the plan has one.
        quota_remaining: Option<u32>,
    },
    /// The request is refused: the bucket was empty. Amazon's `THROTTLED`.
    Throttled {
        /// The owner of the empty bucket.
        by: Limit,
        /// Time until the next token; `None` if no token ever comes.
        next_token_in: Option<Duration>,
    },
    /// The request is refused: the client's quota is used up. Amazon's `QUOTA_EXCEEDED`.
    QuotaExceeded,
}

/// The limit that refused a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The client's own limit.
    UsagePlan,
    /// The limit shared by all clients.
    Stage,
}
