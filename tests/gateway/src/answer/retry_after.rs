//! The header `Retry-After`.

use crate::policy::WallTime;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The kind of `Retry-After` (RFC 9110 10.2.3) on a throttled request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetryAfter {
    /// No header: Amazon's default.
    #[default]
    None,
    /// A fixed number of seconds, the only kind that a gateway response of Amazon supports.
    Seconds(u32),
    /// The seconds until the next token, rounded up.
    Computed,
    /// The date of the next token, rounded up to the second.
    HttpDate,
}

/// The error for a text that is no kind of `Retry-After`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Retry-After is none, a number of seconds, computed, or http-date")]
pub struct RetryAfterError;

impl RetryAfter {
    /// The header's value. The value never lies before the next token, which comes after `wait`.
    ///
    /// Returns `None` if no header is sent or no token ever comes.
    #[must_use]
    pub fn value(self, wait: Option<Duration>, now: WallTime) -> Option<String> {
        match self {
            RetryAfter::None => None,
            RetryAfter::Seconds(seconds) => Some(seconds.to_string()),
            RetryAfter::Computed => Some(ceil_secs(wait?).to_string()),
            RetryAfter::HttpDate => {
                let date =
                    UNIX_EPOCH.checked_add(Duration::from_secs(ceil_secs((now + wait?).since_epoch())))?;
                (date < year_10_000()).then(|| httpdate::fmt_http_date(date))
            }
        }
    }
}

/// Whole seconds, rounded up.
pub(super) fn ceil_secs(span: Duration) -> u64 {
    span.as_secs().saturating_add(u64::from(span.subsec_nanos() > 0))
}

/// The first moment that an HTTP-date cannot express.
fn year_10_000() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(253_402_300_800)
}

impl FromStr for RetryAfter {
    type Err = RetryAfterError;
    fn from_str(text: &str) -> Result<RetryAfter, RetryAfterError> {
        match text {
            "none" => Ok(RetryAfter::None),
            "computed" => Ok(RetryAfter::Computed),
            "http-date" => Ok(RetryAfter::HttpDate),
            seconds => seconds.parse().map(RetryAfter::Seconds).map_err(|_| RetryAfterError),
        }
    }
}
