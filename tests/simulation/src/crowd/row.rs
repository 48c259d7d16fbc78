//! One row of the table: a crowd and the gateway that it meets.

use crate::crowd::arrivals::Arrivals;
use crate::crowd::contenders::Contender;
use crate::gateway::RetryAfter;
use crate::rate::Plan;

/// A crowd, its work, and the bucket that all of its users share.
#[derive(Debug, Clone, Copy)]
pub struct CrowdRow {
    /// The name in tables and tests.
    pub name: &'static str,
    /// The number of users.
    pub users: u32,
    /// The moments of their calls.
    pub arrivals: Arrivals,
    /// The gateway's token bucket.
    pub plan: Plan,
    /// The `Retry-After` of its 429s.
    pub retry_after: RetryAfter,
    /// The lines of the table; each names the clients that the users have, in turn.
    pub lines: &'static [&'static [Contender]],
}
