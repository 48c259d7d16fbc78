//! A token bucket: tokens come in at a rate, up to a capacity, and each request takes one.

use crate::time::{Instant, Span};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TokenBucket {
    /// Tokens a second.
    pub(super) rate: f64,
    pub(super) capacity: f64,
    /// Below zero after requests that left without a token.
    pub(super) tokens: f64,
    /// The moment up to which the refill is counted.
    pub(super) updated: Instant,
}

/// The rounding error of a wait in whole microseconds, in tokens.
pub(super) const TOKEN_EPSILON: f64 = 1e-9;

impl TokenBucket {
    /// Adds the tokens of the time since the last refill, up to `capacity`. A capacity below the tokens takes none away.
    pub(super) fn refill(&mut self, now: Instant, capacity: f64) {
        let refilled = self.tokens + now.since(self.updated).as_secs() * self.rate;
        self.tokens = refilled.min(capacity.max(self.tokens));
        self.capacity = capacity;
        self.updated = now.max(self.updated);
    }

    pub(super) fn take(&mut self) {
        self.tokens -= 1.0;
    }

    /// Takes a token for a request that is known late, but never more than there are.
    pub(super) fn take_for_peer(&mut self) {
        self.tokens = (self.tokens - 1.0).max(self.tokens.min(0.0));
    }

    /// Takes all tokens.
    pub(super) fn drain(&mut self) {
        self.tokens = self.tokens.min(0.0);
    }

    /// The time from the last refill until the bucket holds `tokens`.
    pub(super) fn wait_for(&self, tokens: f64) -> Span {
        Span::from_secs_ceil((tokens - self.tokens - TOKEN_EPSILON).max(0.0) / self.rate)
    }

    /// The tokens at a moment since which no request took one.
    pub(super) fn tokens_at(&self, at: Instant) -> f64 {
        self.tokens - self.updated.since(at).as_secs() * self.rate
    }
}
