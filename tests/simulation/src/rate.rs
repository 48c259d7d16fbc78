//! Rates and plans in exact arithmetic.

use api_service_client::time::Span;

/// A rate in whole requests an hour. Every rate of a plan is such a number.
///
/// A bucket counts in units of 1 ÷ 3,600,000,000 request: one request an hour gains one unit each microsecond. So
/// nothing is ever rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    per_hour: u64,
}

/// The units of one request, as counted by [`Rate::refill`].
pub const REQUEST: u64 = 3_600_000_000;

impl Rate {
    /// Requests a second.
    #[must_use]
    pub const fn per_second(requests: u64) -> Rate {
        Rate { per_hour: requests * 3_600 }
    }

    /// Requests a minute.
    #[must_use]
    pub const fn per_minute(requests: u64) -> Rate {
        Rate { per_hour: requests * 60 }
    }

    /// The refill in this time, in units of 1 ÷ [`REQUEST`].
    #[must_use]
    pub const fn refill(self, span: Span) -> u64 {
        self.per_hour.saturating_mul(span.as_micros())
    }

    /// Time of this refill, given in units of 1 ÷ [`REQUEST`], rounded up; `None` at a rate of zero.
    #[must_use]
    pub fn time_for(self, parts: u64) -> Option<Span> {
        (self.per_hour > 0).then(|| Span::from_micros(parts.div_ceil(self.per_hour)))
    }

    /// The interval between two requests, rounded up; [`Span::MAX`] at a rate of zero.
    #[must_use]
    pub fn interval(self) -> Span {
        self.time_for(REQUEST).unwrap_or(Span::MAX)
    }

    /// Requests a second.
    #[must_use]
    pub const fn as_per_second(self) -> f64 {
        self.per_hour as f64 / 3_600.0
    }
}

/// A usage plan: a rate, and the capacity of the bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The refill rate.
    pub rate: Rate,
    /// The capacity in requests.
    pub burst: u32,
}
