//! How long to pause, if the server says so.

use super::Fields;
use super::rate_limit::rate_limit;
use super::rate_limit::reset;
use super::retry_after::retry_after;
use super::server_clock::age;
use crate::time::{Span, WallTime};

/// What the length of a pause comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `Retry-After`, or one of its spellings in milliseconds.
    RetryAfter,
    /// The `RateLimit` field, or one of those before it.
    RateLimitHeader,
}

/// How long to pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// Not to be shortened, and at most [`LONGEST`](super::LONGEST). A `Retry-After: 0`, or a date that is
    /// past, is [`Span::ZERO`]: the caller decides how soon "now" may be.
    pub delay: Span,
    /// Where the delay was read.
    pub source: Source,
}

/// How long a throttled answer asks to pause; `None` if it does not say, and the caller backs off.
///
/// `Retry-After` takes precedence over the RateLimit fields (draft 11, section 7). One that is malformed is
/// as good as none: the others then count. They count on a 429 only, and only if nothing remains: a request
/// refused while some remained was refused for another reason, and waiting for the end of the window is no
/// answer to that. A window that has ended already says nothing of how long to wait.
///
/// A status other than 429 and 503 asks for no pause, even if there is a `Retry-After` (some servers send it
/// always).
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
