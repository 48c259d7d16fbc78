//! A clock that never goes backwards, made of one that a test sets as it likes.

use mock_gateway::policy::{Instant, WallTime};
use std::time::Duration;

/// The time since the first reading. A reading before the last one counts as no time at all: from there on it goes on.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    last: Duration,
    elapsed: Duration,
}

impl Clock {
    /// A clock that begins at this date.
    #[must_use]
    pub fn start(date: WallTime) -> Clock {
        Clock { last: date.since_epoch(), elapsed: Duration::ZERO }
    }

    /// The moment that it is at this date.
    pub fn at(&mut self, date: WallTime) -> Instant {
        let date = date.since_epoch();
        self.elapsed = self.elapsed.saturating_add(date.saturating_sub(self.last));
        self.last = date;
        Instant::after(self.elapsed)
    }
}
