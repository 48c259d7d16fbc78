//! Time as the policy sees it: an argument, never a clock.

use governor::clock::{Clock, Reference};
use governor::nanos::Nanos;
use std::cell::Cell;
use std::ops::Add;
use std::time::Duration;

/// A moment, as the time since the gateway's clock started.
///
/// The caller provides a clock that never goes backwards. A clock that goes backwards grants no extra token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Instant(u64);

/// Two centuries in nanoseconds. With the longest refill added it still fits the bucket's 64 bits.
const LATEST: u64 = 200 * 365 * 86_400 * 1_000_000_000;

impl Instant {
    /// The start of the clock.
    pub const START: Instant = Instant(0);

    /// The moment `since_start` after the start of the clock, at most two centuries.
    #[must_use]
    pub fn after(since_start: Duration) -> Instant {
        Instant(u64::try_from(since_start.as_nanos()).map_or(LATEST, |nanos| nanos.min(LATEST)))
    }

    /// Time since the start of the clock.
    #[must_use]
    pub fn since_start(self) -> Duration {
        Duration::from_nanos(self.0)
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    fn add(self, span: Duration) -> Instant {
        Instant::after(self.since_start().saturating_add(span))
    }
}

impl Add<Nanos> for Instant {
    type Output = Instant;
    fn add(self, span: Nanos) -> Instant {
        Instant(self.0.saturating_add(span.as_u64()))
    }
}

impl Reference for Instant {
    fn duration_since(&self, earlier: Instant) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }

    fn saturating_sub(&self, span: Nanos) -> Instant {
        Instant(self.0.checked_sub(span.as_u64()).unwrap_or(self.0))
    }
}

/// A date, as the time since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct WallTime(Duration);

impl WallTime {
    /// The Unix epoch: 1 January 1970, midnight UTC.
    pub const EPOCH: WallTime = WallTime(Duration::ZERO);

    /// The date that lies this long after the Unix epoch.
    #[must_use]
    pub const fn from_epoch(since_epoch: Duration) -> WallTime {
        WallTime(since_epoch)
    }

    /// Time since the Unix epoch.
    #[must_use]
    pub const fn since_epoch(self) -> Duration {
        self.0
    }
}

impl Add<Duration> for WallTime {
    type Output = WallTime;
    fn add(self, span: Duration) -> WallTime {
        WallTime(self.0.saturating_add(span))
    }
}

/// The clock that governor reads. It returns the time that was last set.
#[derive(Debug, Default)]
pub(super) struct ToldClock(Cell<Instant>);

impl ToldClock {
    pub(super) fn tell(&self, now: Instant) {
        self.0.set(now);
    }
}

impl Clock for ToldClock {
    type Instant = Instant;
    fn now(&self) -> Instant {
        self.0.get()
    }
}
