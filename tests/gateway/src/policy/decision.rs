//! What the limits say to a request.

use std::time::Duration;

/// Whether a request may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It may: it took a token.
    Admitted {
        /// Tokens that are left to its client.
        remaining: u32,
    },
    /// It may not: there was no token, and it took none. Amazon's `THROTTLED`.
    Throttled {
        /// How long until its client has a token; none if that will never be.
        next_token_in: Option<Duration>,
    },
}
