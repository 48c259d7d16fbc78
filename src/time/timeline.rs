//! One time from a monotonic clock and a wall clock.

use crate::time::{Instant, Span, WallTime};

/// One time from two clocks. The monotonic clock never jumps, but may stop while the machine sleeps. The wall clock
/// counts the sleep, but may be set.
///
/// Time follows the monotonic clock. If the wall clock is ahead by more than `TOLERANCE` (1 s), the machine has slept,
/// and time skips ahead. A wall clock that is set back changes nothing.
///
/// ```
/// use api_service_client::time::{Span, Timeline, WallTime};
///
/// let eight = WallTime::from_epoch_secs(8 * 3600);
/// let mut time = Timeline::new(Span::ZERO, eight);
/// let before = time.read(Span::from_secs(1), eight + Span::from_secs(1));
/// // The machine sleeps for an hour, which the monotonic clock does not count.
/// let after = time.read(Span::from_secs(2), eight + Span::from_secs(3_602));
/// assert_eq!(after.since(before), Span::from_secs(3_601));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Timeline {
    now: Instant,
    monotonic: Span,
    /// A moment and its date. Dates are counted from here, so that a moment keeps its date.
    anchor: (Instant, WallTime),
}

/// The difference of the two clocks without a jump: the wall clock is slewed and rounded.
const TOLERANCE: Span = Span::from_secs(1);

impl Timeline {
    /// Creates a time that starts at these readings of the clocks.
    #[must_use]
    pub const fn new(monotonic: Span, wall: WallTime) -> Timeline {
        Timeline { now: Instant::START, monotonic, anchor: (Instant::START, wall) }
    }

    /// Returns the time at these readings of the clocks.
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

    /// Returns the date of a moment, as the wall clock stands now.
    #[must_use]
    pub fn date_of(&self, moment: Instant) -> WallTime {
        let (since, date) = self.anchor;
        if moment >= since { date + moment.since(since) } else { date.before(since.since(moment)) }
    }
}
