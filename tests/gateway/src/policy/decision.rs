//! What the limits say to a request.

use std::time::Duration;

/// Whether a request may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It may: it took a token.
    Admitted {
        /// Tokens that are left in its client's bucket.
        remaining: u32,
        /// Requests that are left of its client's quota, if there is one.
        quota_remaining: Option<u32>,
    },
    /// It may not: there was no token. Amazon's `THROTTLED`.
    Throttled {
        /// Whose bucket was empty.
        by: Limit,
        /// How long until there is a token; none if that will never be.
        next_token_in: Option<Duration>,
    },
    /// It may not: its client has used up its quota. Amazon's `QUOTA_EXCEEDED`.
    QuotaExceeded,
}

/// A limit that a request met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The client's own.
    UsagePlan,
    /// That of all clients together.
    Stage,
}
