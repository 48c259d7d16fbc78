//! The `RateLimit` field: the number of requests that the server still admits.
//!
//! Draft 11 of "RateLimit header fields for HTTP" has `RateLimit: "name";r=50;t=30`, draft 7 had
//! `RateLimit: limit=100, remaining=50, reset=30`. Servers send both. The first character decides.

mod legacy;
mod service_limit;
mod structured;

use crate::headers::Fields;
use crate::headers::server_clock::age;
use crate::time::{Span, WallTime};

pub(crate) use legacy::reset;
pub use service_limit::RateLimit;

/// Reads the rate limit from a response of any status: the `RateLimit` and `RateLimit-Policy` fields (drafts 11 and 7),
/// then draft 6 and `x-ratelimit-*`.
///
/// Of several limits, the one with the fewest remaining requests counts; among equals, the one with the longest reset.
/// Limits in other units than requests are left out (draft 11, section 3.1.2). A malformed field is ignored as a whole
/// (section 7), and a cached response has no valid field (section 7.3).
///
/// A response without any of the fields costs four look-ups.
///
/// ```
/// use api_service_client::{headers::{RateLimit, rate_limit}, time::{Span, WallTime}};
///
/// let fields = [("ratelimit-policy", "\"perhr\";q=1000;w=3600"), ("ratelimit", "\"perhr\";r=50;t=30")];
/// assert_eq!(rate_limit(&fields, WallTime::default()), Some(RateLimit {
///     remaining: 50,
///     limit: Some(1_000),
///     window: Some(Span::from_secs(3_600)),
///     reset: Some(Span::from_secs(30)),
/// }));
/// ```
#[must_use]
pub fn rate_limit(fields: &dyn Fields, now: WallTime) -> Option<RateLimit> {
    let structured = fields.get("ratelimit").and_then(|text| {
        let policies = fields.get("ratelimit-policy").unwrap_or_default();
        structured::read(&text, &policies)
    });
    let found = structured.or_else(|| legacy::read(fields, now))?;
    (age(fields) == Span::ZERO).then_some(found)
}
