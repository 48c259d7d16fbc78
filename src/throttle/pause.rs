use crate::headers;
use crate::time::{Instant, Span};

/// What the length of a pause comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseSource {
    /// `Retry-After`, or one of the fields that say the same in milliseconds.
    RetryAfter,
    /// A `RateLimit` field or one of its forerunners.
    RateLimitHeader,
    /// The gateway did not say: the client's own backoff.
    Backoff,
    /// A person, or the page itself.
    Manual,
}

/// What a throttled answer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// How long to hold back.
    pub delay: Span,
    /// Where it says so.
    pub source: PauseSource,
}

impl From<headers::Advice> for Advice {
    fn from(said: headers::Advice) -> Advice {
        let source = match said.source {
            headers::Source::RetryAfter => PauseSource::RetryAfter,
            headers::Source::RateLimitHeader => PauseSource::RateLimitHeader,
        };
        Advice { delay: said.delay, source }
    }
}

/// A plain length of time is a `Retry-After`.
impl From<Span> for Advice {
    fn from(delay: Span) -> Advice {
        Advice { delay, source: PauseSource::RetryAfter }
    }
}

/// While it lasts, nothing leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    pub(super) started: Instant,
    /// `None` lasts until a person ends it.
    pub(super) end: Option<Instant>,
    pub(super) source: PauseSource,
}

impl Pause {
    /// Makes the pause longer, and says whether it has become so: what ends sooner than the pause does already
    /// never shortens it.
    pub(super) fn extend(&mut self, end: Option<Instant>, source: PauseSource) -> bool {
        let is_longer = match (self.end, end) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(old), Some(new)) => new > old,
        };
        if is_longer {
            self.end = end;
            self.source = source;
        }
        is_longer
    }

    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.end.is_some_and(|end| now >= end)
    }

    /// How long it still lasts; [`Span::MAX`] if nobody knows.
    pub(super) fn left(&self, now: Instant) -> Span {
        self.end.map_or(Span::MAX, |end| end.since(now))
    }

    /// Whether the queue should give up rather than wait. A person who pauses knows what for.
    pub(super) fn is_too_long(&self, now: Instant, max: Span) -> bool {
        self.source != PauseSource::Manual && self.left(now) > max
    }
}
