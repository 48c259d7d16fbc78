use crate::throttle::advice::PauseSource;
use crate::time::{Instant, Span};

/// While it lasts, nothing leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) started: Instant,
    pub(crate) end: End,
    pub(crate) source: PauseSource,
    /// The end that listeners know of.
    announced: End,
    /// The end as far as it is the limit's: what a person adds is theirs alone.
    pub(crate) shared_end: Option<Instant>,
}

/// When a pause ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    At {
        at: Instant,
        /// How much of the wait is jitter, which nobody asked for.
        jitter: Span,
    },
    /// When a person says so.
    Open,
}

/// A pause that grows by less than this is not worth an event: every answer of one attempt asks for the same second,
/// a few milliseconds apart.
const NOTICEABLE: Span = Span::from_millis(250);

impl Pause {
    pub(crate) fn new(started: Instant, end: End, source: PauseSource) -> Pause {
        Pause { started, end, source, announced: end, shared_end: shared(end, source) }
    }

    /// Makes the pause longer, and says whether listeners should know: what ends sooner than the pause does already
    /// never shortens it.
    pub(crate) fn extend(&mut self, end: End, source: PauseSource) -> bool {
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

    pub(crate) fn is_over(&self, now: Instant) -> bool {
        self.end_at().is_some_and(|end| now >= end)
    }

    pub(crate) fn end_at(&self) -> Option<Instant> {
        match self.end {
            End::At { at, .. } => Some(at),
            End::Open => None,
        }
    }

    /// How long it still lasts; [`Span::MAX`] if nobody knows.
    pub(crate) fn left(&self, now: Instant) -> Span {
        self.end_at().map_or(Span::MAX, |end| end.since(now))
    }

    /// When it ends, if that is later than anyone should wait for. A person who pauses knows what for, and the dice do
    /// not count.
    pub(crate) fn is_too_long(&self, now: Instant, max: Span) -> Option<Instant> {
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
