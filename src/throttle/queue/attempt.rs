//! One attempt of a request.

use crate::throttle::queue::ticket::Ticket;
use crate::time::Instant;

/// An attempt that is in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) sent_at: Instant,
    /// Number of pauses of the scope before it was sent.
    pub(crate) pauses: u32,
}

/// An attempt that has ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FinishedAttempt {
    pub(crate) ticket: Ticket,
    pub(crate) attempt: Attempt,
    pub(crate) at: Instant,
}
