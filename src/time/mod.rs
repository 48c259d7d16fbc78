//! Time as the decisions see it: values that come in as arguments, never a clock.
//!
//! All times are whole microseconds, the resolution of a browser's `performance.now()`. They compare exactly, so that a
//! computed wait is over when its timer fires.

mod timeline;

use core::ops::{Add, Sub};

pub use timeline::Timeline;

/// A length of time in whole microseconds. Arithmetic saturates: a span is never negative and never wraps.
///
/// ```
/// use api_service_client::time::Span;
///
/// assert_eq!(Span::from_secs(1) - Span::from_millis(400), Span::from_millis(600));
/// assert_eq!(Span::from_millis(400) - Span::from_secs(1), Span::ZERO);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span(u64);

impl Span {
    /// The empty span.
    pub const ZERO: Span = Span(0);
    /// The longest span, for a wait without an end.
    pub const MAX: Span = Span(u64::MAX);

    /// Creates a span of whole microseconds.
    #[must_use]
    pub const fn from_micros(micros: u64) -> Span {
        Span(micros)
    }

    /// Creates a span of whole milliseconds.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Span {
        Span(millis.saturating_mul(1_000))
    }

    /// Creates a span of whole seconds.
    #[must_use]
    pub const fn from_secs(secs: u64) -> Span {
        Span(secs.saturating_mul(1_000_000))
    }

    /// Creates a span of fractional milliseconds, as JavaScript counts time. Negative numbers and NaN give
    /// [`Span::ZERO`], infinity gives [`Span::MAX`].
    #[must_use]
    pub const fn from_js_millis(millis: f64) -> Span {
        // A float-to-integer cast saturates, and NaN becomes 0.
        Span((millis * 1_000.0) as u64)
    }

    /// Creates a span of fractional seconds, rounded up to the microsecond, so that a computed wait is never too short.
    #[must_use]
    pub fn from_secs_ceil(secs: f64) -> Span {
        Span((secs * 1e6).ceil() as u64)
    }

    /// Returns whole microseconds.
    #[must_use]
    pub const fn as_micros(self) -> u64 {
        self.0
    }

    /// Returns whole milliseconds, rounded up.
    fn in_whole_millis(self) -> i64 {
        i64::try_from(self.0.div_ceil(1_000)).unwrap_or(i64::MAX)
    }

    /// Returns fractional milliseconds, as JavaScript counts time.
    #[must_use]
    pub const fn as_js_millis(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// Returns fractional seconds.
    #[must_use]
    pub const fn as_secs(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Returns the span times `factor`, rounded down to the microsecond. A negative factor counts as zero.
    #[must_use]
    pub const fn scaled(self, factor: f64) -> Span {
        Span((self.0 as f64 * factor) as u64)
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Span;
    fn sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

/// A moment on the client's own clock, which only goes forward: microseconds since its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Instant(u64);

impl Instant {
    /// The start of the clock.
    pub const START: Instant = Instant(0);

    /// Returns the time since `earlier`, or [`Span::ZERO`] if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Instant) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// Returns the moment `span` before this one, but none before [`Instant::START`].
    #[must_use]
    pub const fn before(self, span: Span) -> Instant {
        Instant(self.0.saturating_sub(span.0))
    }

    /// Returns a number that sorts as the moment does.
    pub(crate) const fn in_order(self) -> u64 {
        self.0
    }

    /// Returns the moment of a number from [`Instant::in_order`].
    pub(crate) const fn from_order(order: u64) -> Instant {
        Instant(order)
    }
}

impl Add<Span> for Instant {
    type Output = Instant;
    fn add(self, span: Span) -> Instant {
        Instant(self.0.saturating_add(span.0))
    }
}

/// A date: whole milliseconds since the Unix epoch, as `Date.now()` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct WallTime(i64);

impl WallTime {
    /// Creates a date from milliseconds since the Unix epoch. NaN gives the epoch.
    #[must_use]
    pub const fn from_epoch_millis(millis: f64) -> WallTime {
        WallTime(millis as i64)
    }

    /// Creates a date from seconds since the Unix epoch.
    #[must_use]
    pub const fn from_epoch_secs(secs: i64) -> WallTime {
        WallTime(secs.saturating_mul(1_000))
    }

    /// Returns milliseconds since the Unix epoch.
    #[must_use]
    pub const fn as_epoch_millis(self) -> f64 {
        self.0 as f64
    }

    /// Returns the date `span` before this one.
    #[must_use]
    pub fn before(self, span: Span) -> WallTime {
        WallTime(self.0.saturating_sub(span.in_whole_millis()))
    }

    /// Returns the time since `earlier`, or [`Span::ZERO`] if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: WallTime) -> Span {
        let millis = self.0.saturating_sub(earlier.0);
        Span::from_millis(if millis > 0 { millis.unsigned_abs() } else { 0 })
    }
}

impl Add<Span> for WallTime {
    type Output = WallTime;
    fn add(self, span: Span) -> WallTime {
        WallTime(self.0.saturating_add(span.in_whole_millis()))
    }
}
