//! A clock that never goes backwards, over a clock that a test sets freely.

use mock_gateway::policy::{Instant, WallTime};
use std::time::Duration;

/// Time since the first reading. A reading before the last one counts as zero, and time continues from there.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    last: Duration,
    elapsed: Duration,
}

impl Clock {
    /// Starts a clock at this date.
    #[must_use]
    pub fn start(date: WallTime) -> Clock {
        Clock { last: date.since_epoch(), elapsed: Duration::ZERO }
    }

    /// The moment at this date.
    pub fn at(&mut self, date: WallTime) -> Instant {
        let date = date.since_epoch();
        self.elapsed = self.elapsed.saturating_add(date.saturating_sub(self.last));
        self.last = date;
        Instant::after(self.elapsed)
    }
}
