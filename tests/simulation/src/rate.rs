use api_service_client::time::Span;

/// A rate in whole requests an hour: every rate that a plan names is such a number, and a bucket that counts in
/// whole 3,600,000,000ths of a request, one microsecond's worth of one an hour, never rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    per_hour: u64,
}

/// One request, in the parts that [`Rate::refill`] counts.
pub const REQUEST: u64 = 3_600_000_000;

impl Rate {
    /// So many a second.
    #[must_use]
    pub const fn per_second(requests: u64) -> Rate {
        Rate { per_hour: requests * 3_600 }
    }

    /// So many a minute.
    #[must_use]
    pub const fn per_minute(requests: u64) -> Rate {
        Rate { per_hour: requests * 60 }
    }

    /// What comes in in so long, in parts of a [`REQUEST`].
    #[must_use]
    pub const fn refill(self, span: Span) -> u64 {
        self.per_hour.saturating_mul(span.as_micros())
    }

    /// How long so many parts of a [`REQUEST`] take to come in, rounded up; `None` at a rate of zero.
    #[must_use]
    pub fn time_for(self, parts: u64) -> Option<Span> {
        (self.per_hour > 0).then(|| Span::from_micros(parts.div_ceil(self.per_hour)))
    }

    /// The time from one request to the next, rounded up; [`Span::MAX`] at a rate of zero.
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

/// A usage plan: a rate, and the requests that a full bucket holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How fast the bucket refills.
    pub rate: Rate,
    /// What it holds when it is full.
    pub burst: u32,
}
