//! The rate and burst of a token bucket.

use super::rate::{Rate, RateError};
use std::str::FromStr;
use std::time::Duration;

/// The longest refill accepted: a fifth of what the bucket counts without overflow.
const LONGEST_REFILL: Duration = Duration::from_secs(100 * 365 * 86_400);

/// The size and refill rate of a token bucket: Amazon's `ThrottleSettings`, `rateLimit` and `burstLimit`.
///
/// A rate or a burst of 0 throttles every request, as at Amazon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    rate: Rate,
    burst: u32,
}

/// The reasons why a rate and a burst do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a burst of {burst} takes more than a century to refill")]
pub struct ThrottleError {
    burst: u32,
}

impl Throttle {
    /// Creates a bucket of `burst` tokens that refills at `rate`.
    ///
    /// # Errors
    /// The bucket takes more than a century to refill.
    pub fn new(rate: Rate, burst: u32) -> Result<Throttle, ThrottleError> {
        let refill = rate.interval().unwrap_or_default().checked_mul(burst);
        match refill {
            Some(refill) if refill <= LONGEST_REFILL => Ok(Throttle { rate, burst }),
            _ => Err(ThrottleError { burst }),
        }
    }

    /// The refill rate.
    #[must_use]
    pub fn rate(self) -> Rate {
        self.rate
    }

    /// The capacity in tokens.
    #[must_use]
    pub fn burst(self) -> u32 {
        self.burst
    }
}

/// The reasons why a text is no rate and burst.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThrottleTextError {
    /// The text has not two parts, or the second is no whole number.
    #[error("a limit is a rate and a burst, such as 10/s,20")]
    Malformed,
    /// The rate is invalid.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// The burst does not fit the rate.
    #[error(transparent)]
    Throttle(#[from] ThrottleError),
}

/// Parses a rate and a burst, such as `10/s,20`.
impl FromStr for Throttle {
    type Err = ThrottleTextError;
    fn from_str(text: &str) -> Result<Throttle, ThrottleTextError> {
        let (rate, burst) = text.split_once(',').ok_or(ThrottleTextError::Malformed)?;
        let burst = burst.trim().parse().map_err(|_| ThrottleTextError::Malformed)?;
        Ok(Throttle::new(rate.trim().parse()?, burst)?)
    }
}
