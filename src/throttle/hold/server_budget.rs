//! The number of requests that the server says it will still accept.

use crate::headers;
use crate::time::{Instant, Span};

/// The remaining requests of a response's `RateLimit` field or one of its forerunners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests that the server will still accept.
    pub remaining: u32,
    /// Time until the server resets `remaining`.
    pub resets_in: Span,
}

impl Budget {
    /// Reads the fields; `None` if they name no end of the budget.
    #[must_use]
    pub fn of(fields: headers::RateLimit) -> Option<Budget> {
        let resets_in = fields.reset.or(fields.window)?;
        Some(Budget { remaining: u32::try_from(fields.remaining).unwrap_or(u32::MAX), resets_in })
    }
}

/// A budget that the server has announced. If the client keeps to it, no request is throttled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ServerBudget {
    remaining: u32,
    until: Instant,
}

/// The resolution of the fields: two responses may name the same end with a difference of one second.
const FIELD_RESOLUTION: Span = Span::from_secs(1);

impl ServerBudget {
    pub(crate) fn announced(now: Instant, budget: Budget) -> ServerBudget {
        ServerBudget { remaining: budget.remaining, until: now + budget.resets_in }
    }

    /// Combines two budgets. Responses overtake each other, so of two budgets with the same end the lesser counts.
    pub(crate) fn and(self, newer: ServerBudget) -> ServerBudget {
        if newer.until > self.until + FIELD_RESOLUTION {
            return newer;
        }
        ServerBudget { remaining: self.remaining.min(newer.remaining), until: self.until.max(newer.until) }
    }

    /// Returns the end of the budget if the requests in flight may use it up.
    pub(crate) fn blocks_until(self, now: Instant, in_flight: u32) -> Option<Instant> {
        (now < self.until && in_flight >= self.remaining).then_some(self.until)
    }
}
