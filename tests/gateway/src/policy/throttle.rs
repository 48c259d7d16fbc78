//! Rate and burst of a token bucket.

use super::rate::{Rate, RateError};
use std::str::FromStr;
use std::time::Duration;

/// What the bucket can count without overflow, by a factor of five.
const LONGEST_REFILL: Duration = Duration::from_secs(100 * 365 * 86_400);

/// A token bucket's size and how fast it refills: Amazon's `ThrottleSettings`, `rateLimit` and `burstLimit`.
/// A rate or a burst of 0 throttles everything, as it does at Amazon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    rate: Rate,
    burst: u32,
}

/// Why a rate and a burst do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a burst of {burst} takes more than a century to refill")]
pub struct ThrottleError {
    burst: u32,
}

impl Throttle {
    /// A bucket of `burst` tokens that refills at `rate`.
    ///
    /// # Errors
    /// A bucket that takes more than a century to refill.
    pub fn new(rate: Rate, burst: u32) -> Result<Throttle, ThrottleError> {
        let refill = rate.interval().unwrap_or_default().checked_mul(burst);
        match refill {
            Some(refill) if refill <= LONGEST_REFILL => Ok(Throttle { rate, burst }),
            _ => Err(ThrottleError { burst }),
        }
    }

    /// How fast it refills.
    #[must_use]
    pub fn rate(self) -> Rate {
        self.rate
    }

    /// How many tokens it holds.
    #[must_use]
    pub fn burst(self) -> u32 {
        self.burst
    }
}

/// Why a text is not a rate and a burst.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThrottleTextError {
    /// Not two parts, or no whole number in the second.
    #[error("a limit is a rate and a burst, such as 10/s,20")]
    Malformed,
    /// The rate is none.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// The burst does not go with the rate.
    #[error(transparent)]
    Throttle(#[from] ThrottleError),
}

/// A rate and a burst, such as `10/s,20`.
impl FromStr for Throttle {
    type Err = ThrottleTextError;
    fn from_str(text: &str) -> Result<Throttle, ThrottleTextError> {
        let (rate, burst) = text.split_once(',').ok_or(ThrottleTextError::Malformed)?;
        let burst = burst.trim().parse().map_err(|_| ThrottleTextError::Malformed)?;
        Ok(Throttle::new(rate.trim().parse()?, burst)?)
    }
}
