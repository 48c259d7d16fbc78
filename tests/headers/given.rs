//! The date of the tests, and shorthand for expected values.

use api_service_client::headers::{Advice, RateLimit, Source};
use api_service_client::time::{Span, WallTime};

/// Tue, 24 Nov 2026 00:00:00 GMT.
pub(crate) const NOW_SECS: i64 = 1_795_478_400;

pub(crate) fn now() -> WallTime {
    at(0)
}

/// The date `secs` seconds after [`NOW_SECS`].
pub(crate) fn at(secs: i64) -> WallTime {
    WallTime::from_epoch_secs(NOW_SECS + secs)
}

/// The text of a date field for `secs` seconds after [`NOW_SECS`].
pub(crate) fn date(secs: i64) -> String {
    let since_epoch = std::time::Duration::from_secs((NOW_SECS + secs).try_into().unwrap());
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + since_epoch)
}

pub(crate) fn secs(secs: u64) -> Option<Span> {
    Some(Span::from_secs(secs))
}

pub(crate) fn millis(millis: u64) -> Option<Span> {
    Some(Span::from_millis(millis))
}

pub(crate) fn from_retry_after(delay: Span) -> Option<Advice> {
    Some(Advice { delay, source: Source::RetryAfter })
}

pub(crate) fn from_rate_limit(delay: Span) -> Option<Advice> {
    Some(Advice { delay, source: Source::RateLimitHeader })
}

/// A limit of which only the remaining requests and the reset are known.
pub(crate) fn remaining(remaining: u64, reset: impl Into<Option<u64>>) -> RateLimit {
    RateLimit { remaining, limit: None, window: None, reset: reset.into().map(Span::from_secs) }
}

/// A limit with its quota and window.
pub(crate) fn under(limit: u64, window: impl Into<Option<u64>>, rest: RateLimit) -> RateLimit {
    RateLimit { limit: Some(limit), window: window.into().map(Span::from_secs), ..rest }
}
