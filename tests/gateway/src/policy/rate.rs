//! The refill rate of a token bucket.

use std::num::NonZeroU64;
use std::str::FromStr;
use std::time::Duration;

const SECOND: f64 = 1e9;
/// The shortest interval in nanoseconds: one token each microsecond, 100 times Amazon's limit for an account.
const SHORTEST: f64 = 1e3;
/// The longest interval in nanoseconds: one token in a year of 366 days.
const LONGEST: f64 = 366.0 * 86_400.0 * SECOND;

/// A rate of tokens, stored as the time of one token.
///
/// Every decision needs this interval. `100/min` is a whole number of nanoseconds, while 1.6667 a second is not.
///
/// ```
/// use mock_gateway::policy::Rate;
/// use std::time::Duration;
///
/// let rate: Rate = "100/min".parse()?;
/// assert_eq!(rate.interval(), Some(Duration::from_millis(600)));
/// # Ok::<(), mock_gateway::policy::RateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Nanoseconds; `None` for a rate of zero.
    interval: Option<NonZeroU64>,
}

/// The reasons why a value is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// The text is no number with a unit.
    #[error("a rate is a number and a unit, such as 100/min, 10/s or 5000/hour")]
    Malformed,
    /// The number is negative, infinite or NaN.
    #[error("a rate is a number from 0 on")]
    NotANumber,
    /// The unit is not s, min, hour or day.
    #[error("unknown unit '{0}': a rate is per s, min, hour or day")]
    UnknownUnit(String),
    /// The rate exceeds a million a second.
    #[error("more than 1,000,000 a second")]
    TooFast,
    /// The rate is above zero but below one a year.
    #[error("less than one a year")]
    TooSlow,
}

impl Rate {
    /// A rate of zero: every request is throttled.
    pub const ZERO: Rate = Rate { interval: None };

    /// Creates a rate from tokens a second, the unit of Amazon's `rateLimit`.
    ///
    /// # Errors
    /// The number is negative, not finite, or outside the range that the bucket can count.
    pub fn per_second(tokens: f64) -> Result<Rate, RateError> {
        Rate::new(tokens, SECOND)
    }

    /// Creates a rate of `tokens` in each `period`, in nanoseconds.
    fn new(tokens: f64, period: f64) -> Result<Rate, RateError> {
        if !tokens.is_finite() || tokens < 0.0 {
            return Err(RateError::NotANumber);
        }
        if tokens == 0.0 {
            return Ok(Rate::ZERO);
        }
        let interval = period / tokens;
        if interval < SHORTEST {
            return Err(RateError::TooFast);
        }
        if interval > LONGEST {
            return Err(RateError::TooSlow);
        }
        // Rounding up ensures that the limit is never exceeded.
        Ok(Rate { interval: NonZeroU64::new(interval.ceil() as u64) })
    }

    /// Time of one token; `None` if no token ever comes.
    #[must_use]
    pub fn interval(self) -> Option<Duration> {
        self.interval.map(|nanos| Duration::from_nanos(nanos.get()))
    }

    /// Tokens a second.
    #[must_use]
    pub fn as_per_second(self) -> f64 {
        self.interval.map_or(0.0, |nanos| SECOND / nanos.get() as f64)
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Rate, RateError> {
        let (tokens, unit) = text.split_once('/').ok_or(RateError::Malformed)?;
        let tokens: f64 = tokens.trim().parse().map_err(|_| RateError::Malformed)?;
        let seconds = match unit.trim() {
            "s" | "sec" | "second" => 1.0,
            "m" | "min" | "minute" => 60.0,
            "h" | "hour" => 3_600.0,
            "d" | "day" => 86_400.0,
            other => return Err(RateError::UnknownUnit(other.to_owned())),
        };
        Rate::new(tokens, seconds * SECOND)
    }
}
