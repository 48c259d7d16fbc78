//! A pause: when it began, when it ends, and how it grows.

use crate::throttle::advice::PauseSource;
use crate::time::{Instant, Span};

/// A time in which nothing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) started: Instant,
    end: End,
    /// The part of the wait that nobody asked for.
    jitter: Span,
    pub(crate) source: PauseSource,
    /// The end that the last notice named.
    announced: End,
    /// The end without what a person has added, which concerns this tab alone.
    pub(crate) shared_end: Option<Instant>,
}

/// The end of a pause. A later end is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    At(Instant),
    /// The pause ends when a person ends it.
    Open,
}

/// A pause by hand of several scopes. A scope that is made while it lasts joins it: [`Scope::join_pause`].
///
/// [`Scope::join_pause`]: crate::throttle::Scope::join_pause
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ManualPause {
    end: Option<End>,
}

/// A pause that grows by less than this is not announced: all responses of one burst ask for the same second, a few
/// milliseconds apart.
const NOTICEABLE_EXTENSION: Span = Span::from_millis(250);

impl End {
    /// The end of a pause by hand.
    pub(crate) fn after(now: Instant, duration: Option<Span>) -> End {
        duration.map_or(End::Open, |span| End::At(now + span))
    }

    /// Moves the end, and returns whether it moved. An end that is sooner never shortens a pause.
    fn extend(&mut self, end: End) -> bool {
        let is_later = end > *self;
        *self = end.max(*self);
        is_later
    }

    fn instant(self) -> Option<Instant> {
        match self {
            End::At(at) => Some(at),
            End::Open => None,
        }
    }

    /// Returns the time until the end; [`Span::MAX`] if it is open.
    fn since(self, now: Instant) -> Span {
        self.instant().map_or(Span::MAX, |at| at.since(now))
    }
}

impl ManualPause {
    /// Begins or extends the pause; without `duration`, it has no end. An end that is sooner never shortens it.
    pub fn extend(&mut self, now: Instant, duration: Option<Span>) {
        let end = End::after(now, duration);
        self.end.get_or_insert(end).extend(end);
    }

    /// Returns the end, unless it is past.
    pub(crate) fn end(self, now: Instant) -> Option<End> {
        self.end.filter(|end| *end > End::At(now))
    }
}

impl Pause {
    pub(crate) fn new(started: Instant, end: End, source: PauseSource) -> Pause {
        let shared_end = end.instant().filter(|_| source != PauseSource::Manual);
        Pause { started, end, jitter: Span::ZERO, source, announced: end, shared_end }
    }

    /// Says that the last part of the pause is jitter.
    pub(crate) fn with_jitter(self, jitter: Span) -> Pause {
        Pause { jitter, ..self }
    }

    /// Combines the pause with another one. Returns whether listeners should know.
    pub(super) fn extend(&mut self, other: Pause) -> bool {
        self.started = self.started.min(other.started);
        self.shared_end = self.shared_end.max(other.shared_end);
        if !self.end.extend(other.end) {
            return false;
        }
        self.jitter = other.jitter;
        self.source = other.source;
        let is_noticeable =
            self.announced.instant().is_none_or(|known| self.end.since(known) > NOTICEABLE_EXTENSION);
        if is_noticeable {
            self.announced = self.end;
        }
        is_noticeable
    }

    pub(crate) fn is_over(&self, now: Instant) -> bool {
        self.end <= End::At(now)
    }

    pub(crate) fn end_at(&self) -> Option<Instant> {
        self.end.instant()
    }

    /// Returns the time until the end; [`Span::MAX`] if it is open.
    pub(crate) fn left(&self, now: Instant) -> Span {
        self.end.since(now)
    }

    /// Returns the end if the pause is longer than `max`. A pause by hand never is, and jitter does not count.
    pub(crate) fn is_too_long(&self, now: Instant, max: Span) -> Option<Instant> {
        let end = self.end_at().filter(|_| self.source != PauseSource::Manual)?;
        (end.since(now) > max + self.jitter).then_some(end)
    }
}
