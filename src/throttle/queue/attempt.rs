//! One send of a request.

use crate::throttle::queue::ticket::Ticket;
use crate::time::Instant;

/// One send, from the wire's point of view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) sent_at: Instant,
    /// How many pauses there had been by then.
    pub(crate) pauses: u32,
}

/// A send that has come back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FinishedAttempt {
    pub(crate) ticket: Ticket,
    pub(crate) attempt: Attempt,
    pub(crate) at: Instant,
}
