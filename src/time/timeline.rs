//! One time from two clocks.

use crate::time::{Instant, Span, WallTime};

/// One time from two clocks: the monotonic one, which does not jump but may stand still while a machine sleeps, and
/// the wall clock, which sees the sleep but may be set.
///
/// Time goes on with the monotonic clock. Where the wall clock has gone on further by more than a second, the machine
/// has slept, and time goes on with that. A wall clock that is set back changes nothing.
///
/// ```
/// use api_service_client::time::{Span, Timeline, WallTime};
///
/// let eight = WallTime::from_epoch_secs(8 * 3600);
/// let mut time = Timeline::new(Span::ZERO, eight);
/// let before = time.read(Span::from_secs(1), eight + Span::from_secs(1));
/// // An hour of sleep, of which the monotonic clock saw nothing.
/// let after = time.read(Span::from_secs(2), eight + Span::from_secs(3_602));
/// assert_eq!(after.since(before), Span::from_secs(3_601));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Timeline {
    now: Instant,
    monotonic: Span,
    /// A moment and the date it had: dates are counted from here, so that one moment keeps one date.
    anchor: (Instant, WallTime),
}

/// What the two clocks may differ by without one of them having jumped: the wall clock is slewed, and rounded.
const TOLERANCE: Span = Span::from_secs(1);

impl Timeline {
    /// A time that starts now, with both clocks at these readings.
    #[must_use]
    pub const fn new(monotonic: Span, wall: WallTime) -> Timeline {
        Timeline { now: Instant::START, monotonic, anchor: (Instant::START, wall) }
    }

    /// The time at these readings.
    pub fn read(&mut self, monotonic: Span, wall: WallTime) -> Instant {
        self.now = self.now + (monotonic - self.monotonic);
        self.monotonic = monotonic;
        let expected = self.date_of(self.now);
        let ahead = wall.since(expected);
        if ahead > TOLERANCE {
            self.now = self.now + ahead;
        } else if expected.since(wall) > TOLERANCE {
            self.anchor = (self.now, wall);
        }
        self.now
    }

    /// The date at a moment, as the wall clock stands now.
    #[must_use]
    pub fn date_of(&self, moment: Instant) -> WallTime {
        let (since, date) = self.anchor;
        if moment >= since { date + moment.since(since) } else { date.before(since.since(moment)) }
    }
}
