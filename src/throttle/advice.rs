//! The delay that a throttled response asks for, and where it says so.

use crate::headers;
use crate::time::Span;

/// What the length of a pause comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseSource {
    /// `Retry-After`, or one of the fields that say the same in milliseconds.
    RetryAfter,
    /// A `RateLimit` field or one of its forerunners.
    RateLimitHeader,
    /// The gateway did not say: the client's own backoff.
    Backoff,
    /// Nor could the page have read it: the same backoff.
    Opaque,
    /// A person, or the page itself.
    Manual,
    /// Another tab met the limit, or this one did before it was reloaded.
    AnotherTab,
}

/// What a throttled answer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestedDelay {
    /// How long to hold back.
    pub delay: Span,
    /// Where it says so.
    pub source: PauseSource,
}

impl From<headers::Advice> for RequestedDelay {
    fn from(said: headers::Advice) -> RequestedDelay {
        let source = match said.source {
            headers::Source::RetryAfter => PauseSource::RetryAfter,
            headers::Source::RateLimitHeader => PauseSource::RateLimitHeader,
        };
        RequestedDelay { delay: said.delay, source }
    }
}

/// A plain length of time is a `Retry-After`.
impl From<Span> for RequestedDelay {
    fn from(delay: Span) -> RequestedDelay {
        RequestedDelay { delay, source: PauseSource::RetryAfter }
    }
}
