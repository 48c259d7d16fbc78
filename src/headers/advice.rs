//! The delay that a server asks for.

use crate::headers::Fields;
use crate::headers::rate_limit::rate_limit;
use crate::headers::rate_limit::reset;
use crate::headers::retry_after::retry_after;
use crate::headers::server_clock::age;
use crate::time::{Span, WallTime};

/// The field that a delay comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `Retry-After`, or one of its spellings in milliseconds.
    RetryAfter,
    /// The `RateLimit` field, or an older one of its kind.
    RateLimitHeader,
}

/// The delay that a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// The shortest pause that keeps to the request, at most [`LONGEST`](crate::headers::LONGEST). A `Retry-After: 0` or a
    /// past date gives [`Span::ZERO`]. The caller decides on a minimum.
    pub delay: Span,
    /// The field of the delay.
    pub source: Source,
}

/// Returns the delay that a throttled response asks for. Without one the caller backs off.
///
/// `Retry-After` takes precedence over the RateLimit fields (draft 11, section 7). If it is malformed, the RateLimit
/// fields count. They count on a 429 only, and only if nothing remains: a request refused while some remained was
/// refused for another reason. A window that has already ended gives no delay.
///
/// Only 429 and 503 ask for a pause: some servers send `Retry-After` with every status.
///
/// ```
/// use api_service_client::{headers::{Advice, Source, requested_delay}, time::{Span, WallTime}};
///
/// let now = WallTime::from_epoch_secs(1_795_478_400);
/// let fields = [("retry-after", "20"), ("ratelimit", "\"dynamic\";r=0;t=40")];
/// assert_eq!(
///     requested_delay(429, &fields, now),
///     Some(Advice { delay: Span::from_secs(20), source: Source::RetryAfter }),
/// );
/// assert_eq!(requested_delay(429, &[("content-type", "application/json")], now), None);
/// ```
#[must_use]
pub fn requested_delay(status: u16, fields: &dyn Fields, now: WallTime) -> Option<Advice> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    if let Some(delay) = retry_after(fields, now) {
        return Some(Advice { delay, source: Source::RetryAfter });
    }
    if status == 503 || age(fields) > Span::ZERO {
        return None;
    }
    let reset = match rate_limit(fields, now) {
        Some(limit) if limit.remaining > 0 => None,
        Some(limit) => limit.reset,
        None => reset(fields, now),
    };
    let delay = reset.filter(|delay| *delay > Span::ZERO)?;
    Some(Advice { delay, source: Source::RateLimitHeader })
}
