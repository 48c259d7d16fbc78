//! The header `Retry-After`.

use api_service_client::time::Span;

/// The gateway's `Retry-After`: whole seconds (RFC 9110, section 10.2.3), or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// No header, as Amazon API Gateway does.
    None,
    /// A constant number of seconds.
    Fixed(u64),
    /// The time until one more request is admitted, rounded up.
    RoundedUp,
    /// The same time, rounded down: often `0`.
    Truncated,
}

const SECOND: u64 = 1_000_000;

impl RetryAfter {
    /// The header of a 429 if one more request is admitted after `wait`.
    #[must_use]
    pub fn header(self, wait: Option<Span>) -> Option<Span> {
        match self {
            RetryAfter::None => None,
            RetryAfter::Fixed(secs) => Some(Span::from_secs(secs)),
            RetryAfter::RoundedUp => wait.map(|wait| Span::from_secs(wait.as_micros().div_ceil(SECOND))),
            RetryAfter::Truncated => wait.map(|wait| Span::from_secs(wait.as_micros() / SECOND)),
        }
    }
}
