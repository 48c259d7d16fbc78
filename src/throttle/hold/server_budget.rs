use crate::headers;
use crate::time::{Instant, Span};

/// How much a server says it will still take, in an answer's `RateLimit` field or one of its forerunners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests that it will still take.
    pub remaining: u32,
    /// For how long no more than that.
    pub resets_in: Span,
}

impl Budget {
    /// What the fields say; `None` if they do not say until when.
    #[must_use]
    pub fn of(fields: headers::RateLimit) -> Option<Budget> {
        let resets_in = fields.reset.or(fields.window)?;
        Some(Budget { remaining: u32::try_from(fields.remaining).unwrap_or(u32::MAX), resets_in })
    }
}

/// A server's word on how many more requests it will take until a moment, so that not one of them need be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ServerBudget {
    remaining: u32,
    until: Instant,
}

/// Whole seconds are all that a field tells: within one, two answers may speak of the same end.
const SAME: Span = Span::from_secs(1);

impl ServerBudget {
    pub(crate) fn announced(now: Instant, budget: Budget) -> ServerBudget {
        ServerBudget { remaining: budget.remaining, until: now + budget.resets_in }
    }

    /// What both allow. Decisions overtake each other, so of two that speak of the same time the lesser counts.
    pub(crate) fn and(self, newer: ServerBudget) -> ServerBudget {
        if newer.until > self.until + SAME {
            return newer;
        }
        ServerBudget { remaining: self.remaining.min(newer.remaining), until: self.until.max(newer.until) }
    }

    /// Until when nothing more may be sent: what is on the wire may use up what remains.
    pub(crate) fn holds_until(self, now: Instant, in_flight: u32) -> Option<Instant> {
        (now < self.until && in_flight >= self.remaining).then_some(self.until)
    }
}
