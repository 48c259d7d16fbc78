//! A client's clock.

use api_service_client::time::{Instant, Span};

/// A client's own clock: its reading at the start, and its drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// The reading at the start of the run.
    pub shows: Span,
    /// Drift in millionths; positive if the clock is too fast. Quartz clocks drift by some tens.
    pub drift_ppm: i32,
}

impl Clock {
    /// The reading at a moment of the run.
    #[must_use]
    pub fn read(self, now: Instant) -> Instant {
        let elapsed = now.since(Instant::START).as_micros();
        let shown = i128::from(elapsed) * (1_000_000 + i128::from(self.drift_ppm)) / 1_000_000;
        Instant::START + self.shows + Span::from_micros(u64::try_from(shown).unwrap_or(u64::MAX))
    }

    /// The first moment of the run at which the clock reads `shown` or later.
    #[must_use]
    pub fn when(self, shown: Instant) -> Instant {
        let elapsed = shown.since(Instant::START + self.shows).as_micros();
        let speed = 1_000_000 + i128::from(self.drift_ppm);
        let micros = (i128::from(elapsed) * 1_000_000 + speed - 1) / speed;
        Instant::START + Span::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
    }
}
