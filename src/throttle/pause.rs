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
    /// Nor could the page have read it: the same backoff.
    Opaque,
    /// A person, or the page itself.
    Manual,
    /// Another tab met the limit, or this one did before it was reloaded.
    AnotherTab,
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
    pub(super) end: End,
    pub(super) source: PauseSource,
    /// The end that listeners know of.
    announced: End,
    /// The end as far as it is the limit's: what a person adds is theirs alone.
    pub(super) shared_end: Option<Instant>,
}

/// When a pause ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    At {
        at: Instant,
        /// How much of the wait is jitter, which nobody asked for.
        jitter: Span,
    },
    /// When a person says so.
    Open,
}

/// A pause that grows by less than this is not worth an event: every answer of one flight asks for the same second,
/// a few milliseconds apart.
const NOTICEABLE: Span = Span::from_millis(250);

impl Pause {
    pub(super) fn new(started: Instant, end: End, source: PauseSource) -> Pause {
        Pause { started, end, source, announced: end, shared_end: shared(end, source) }
    }

    /// Makes the pause longer, and says whether listeners should know: what ends sooner than the pause does already
    /// never shortens it.
    pub(super) fn extend(&mut self, end: End, source: PauseSource) -> bool {
        let is_longer = match (self.end, end) {
            (End::At { at: old, .. }, End::At { at: new, .. }) => new > old,
            (End::At { .. }, End::Open) => true,
            (End::Open, _) => false,
        };
        self.shared_end = self.shared_end.max(shared(end, source));
        if !is_longer {
            return false;
        }
        self.end = end;
        self.source = source;
        let is_noticeable = match (self.announced, end) {
            (End::At { at: known, .. }, End::At { at, .. }) => at.since(known) > NOTICEABLE,
            _ => true,
        };
        if is_noticeable {
            self.announced = end;
        }
        is_noticeable
    }

    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.end_at().is_some_and(|end| now >= end)
    }

    pub(super) fn end_at(&self) -> Option<Instant> {
        match self.end {
            End::At { at, .. } => Some(at),
            End::Open => None,
        }
    }

    /// How long it still lasts; [`Span::MAX`] if nobody knows.
    pub(super) fn left(&self, now: Instant) -> Span {
        self.end_at().map_or(Span::MAX, |end| end.since(now))
    }

    /// When it ends, if that is later than anyone should wait for. A person who pauses knows what for, and the dice do
    /// not count.
    pub(super) fn is_too_long(&self, now: Instant, max: Span) -> Option<Instant> {
        match self.end {
            End::At { at, jitter } if self.source != PauseSource::Manual => {
                (at.since(now) > max + jitter).then_some(at)
            }
            _ => None,
        }
    }
}

/// The end of a pause, unless a person has set it.
fn shared(end: End, source: PauseSource) -> Option<Instant> {
    match end {
        End::At { at, .. } if source != PauseSource::Manual => Some(at),
        _ => None,
    }
}
