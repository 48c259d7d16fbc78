use api_service_client::time::Span;

/// What a gateway says in `Retry-After`: whole seconds (RFC 9110, section 10.2.3), or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// No header. Amazon API Gateway sends none.
    None,
    /// Always the same number of seconds.
    Fixed(u64),
    /// The time until one more would be admitted, rounded up.
    RoundedUp,
    /// The same, but cut off to whole seconds: often `0`.
    Truncated,
}

const SECOND: u64 = 1_000_000;

impl RetryAfter {
    /// What the header of a 429 says, where one more would be admitted after `wait`.
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
