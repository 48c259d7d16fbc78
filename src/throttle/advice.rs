//! The outcome of a request, read from its response, and the delay that a throttled response asks for.

use crate::headers::{self, Class, Fields, classify, classify_body, requested_delay};
use crate::time::{Span, WallTime};

/// The way one attempt of a request ended.
///
/// ```
/// use api_service_client::throttle::Outcome;
/// use api_service_client::time::WallTime;
///
/// let now = WallTime::default();
/// assert_eq!(Outcome::of_response(200, &[], now), Some(Outcome::Accepted));
///
/// // Amazon API Gateway answers 429 to a throttle and to a used-up quota. The body tells them apart.
/// assert_eq!(Outcome::of_response(429, &[], now), None);
/// assert_eq!(Outcome::with_body(429, &[], r#"{"message":"Limit Exceeded"}"#, now), Outcome::QuotaExceeded);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A response that is no throttle, whatever its status.
    Accepted,
    /// A 429 that passes in seconds. The gateway refused the request before the backend saw it, so any method may be
    /// sent again.
    Throttled(Option<RequestedDelay>),
    /// A 503 with a `Retry-After`. The backend may have acted on the request, so only idempotent methods are sent
    /// again.
    Unavailable(RequestedDelay),
    /// A 429 of a used-up quota. Waiting does not help.
    QuotaExceeded,
    /// No response: the network or the transport failed.
    Failed,
    /// No response, and the bare `TypeError` that browsers use both for network failures and for responses hidden by
    /// CORS.
    FailedOpaquely,
}

impl Outcome {
    /// Reads the status and the fields of a response. `None` if they leave open whether a 429 is a throttle or a
    /// used-up quota: [`Outcome::with_body`] tells.
    #[must_use]
    pub fn of_response(status: u16, fields: &dyn Fields, now: WallTime) -> Option<Outcome> {
        Outcome::of_class(classify(status, fields), status, fields, now)
    }

    /// Reads the status, the fields and, where they leave the outcome open, the body of a response.
    #[must_use]
    pub fn with_body(status: u16, fields: &dyn Fields, body: &str, now: WallTime) -> Outcome {
        Outcome::of_response(status, fields, now)
            .or_else(|| Outcome::of_class(classify_body(body), status, fields, now))
            .unwrap_or(Outcome::Throttled(None))
    }

    fn of_class(class: Class, status: u16, fields: &dyn Fields, now: WallTime) -> Option<Outcome> {
        match class {
            Class::Undecided => None,
            Class::Other => Some(Outcome::Accepted),
            Class::QuotaExceeded => Some(Outcome::QuotaExceeded),
            Class::Throttled => {
                let requested = requested_delay(status, fields, now).map(RequestedDelay::from);
                Some(match requested {
                    Some(delay) if status == 503 => Outcome::Unavailable(delay),
                    _ => Outcome::Throttled(requested),
                })
            }
        }
    }

    /// Whether the outcome may restrict the scope.
    #[must_use]
    pub fn is_throttle(self) -> bool {
        !matches!(self, Outcome::Accepted | Outcome::Failed)
    }

    /// The delay that the response asks for.
    pub(crate) fn requested(self) -> Option<RequestedDelay> {
        match self {
            Outcome::Throttled(requested) => requested,
            Outcome::Unavailable(requested) => Some(requested),
            _ => None,
        }
    }

    /// The source of a pause whose length the response does not name.
    pub(crate) fn backoff_source(self) -> PauseSource {
        if self == Outcome::FailedOpaquely { PauseSource::Opaque } else { PauseSource::Backoff }
    }
}

/// The source of the length of a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseSource {
    /// `Retry-After`, or a field that says the same in milliseconds.
    RetryAfter,
    /// A `RateLimit` field or one of its forerunners.
    RateLimitHeader,
    /// The response named no delay, so the client used its own backoff.
    Backoff,
    /// CORS hid the response, so the client used its own backoff.
    Opaque,
    /// A person, or the page itself.
    Manual,
    /// Another tab met the limit, or this tab did before it was reloaded.
    AnotherTab,
}

/// The delay that a throttled response asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestedDelay {
    /// Time during which nothing should be sent.
    pub delay: Span,
    /// The field that names the delay.
    pub source: PauseSource,
}

impl From<headers::Advice> for RequestedDelay {
    fn from(advice: headers::Advice) -> RequestedDelay {
        let source = match advice.source {
            headers::Source::RetryAfter => PauseSource::RetryAfter,
            headers::Source::RateLimitHeader => PauseSource::RateLimitHeader,
        };
        RequestedDelay { delay: advice.delay, source }
    }
}

/// A plain length of time is a `Retry-After`.
impl From<Span> for RequestedDelay {
    fn from(delay: Span) -> RequestedDelay {
        RequestedDelay { delay, source: PauseSource::RetryAfter }
    }
}
