//! The `RateLimit` field: how much the server would still admit, told before it has to refuse.
//!
//! Draft 11 of "RateLimit header fields for HTTP" has `RateLimit: "name";r=50;t=30`, draft 7 had
//! `RateLimit: limit=100, remaining=50, reset=30`; both are on the wire, told apart by their first character.

use super::Fields;
use super::retry_after::LONGEST;
use super::server_clock::age;
use super::structured_field::{Reader, non_negative};
use super::vendor_rate_limit;
use crate::time::{Span, WallTime};

/// What a server says of the limit that is the closest to being reached. A hint, not a promise:
/// even with requests remaining the next may be refused (draft 11, section 8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests that it would still admit.
    pub remaining: u64,
    /// Requests that it admits in one [`window`](RateLimit::window), if it says so.
    pub limit: Option<u64>,
    /// Length of the window to which [`limit`](RateLimit::limit) applies.
    pub window: Option<Span>,
    /// From now, the time within which no more than what remains is admitted.
    pub reset: Option<Span>,
}

/// Reads the rate limit from any answer, whatever its status: the `RateLimit` and `RateLimit-Policy` fields
/// (drafts 11 and 7), then draft 6 and `x-ratelimit-*`.
///
/// Of several limits, the one with the least remaining; of those, the one that lasts longest. Limits counted
/// in another unit than requests are left out (draft 11, section 3.1.2). A malformed field is ignored as a
/// whole (section 7), and so are all of them on an answer from a cache (section 7.3).
///
/// An answer without any of them costs four look-ups.
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
    let standard = fields.get("ratelimit").and_then(|text| {
        let policies = fields.get("ratelimit-policy").unwrap_or_default();
        standard(&text, &policies)
    });
    let found = standard.or_else(|| vendor_rate_limit::read(fields, now))?;
    (age(fields) == Span::ZERO).then_some(found)
}

/// Both drafts: in draft 7 the whole field is one limit without a name, in draft 11 each member is one.
fn standard(text: &str, policies: &str) -> Option<RateLimit> {
    let reader = &mut Reader::new(text);
    let is_draft_7 = !text.starts_with('"');
    let mut tightest: Option<RateLimit> = None;
    loop {
        let name = if is_draft_7 { b"" } else { reader.bare_item()? };
        if !is_draft_7 && !name.starts_with(b"\"") {
            return None;
        }
        let current = Parameters::read(reader, is_draft_7)?;
        let policy = policy(policies, name, current.limit).unwrap_or_default();
        let limit = RateLimit {
            remaining: current.remaining?,
            limit: current.limit.or(policy.limit),
            window: current.window.or(policy.window),
            reset: current.reset,
        };
        let is_tighter = tightest.is_none_or(|other| {
            limit.remaining < other.remaining
                || limit.remaining == other.remaining && limit.reset > other.reset
        });
        if is_tighter && !current.has_other_unit && !policy.has_other_unit {
            tightest = Some(limit);
        }
        if !reader.has_next()? {
            return tightest;
        }
    }
}

/// The window of the limit in the `RateLimit-Policy` of drafts 6 and 7: `100;w=60`.
pub(super) fn window(policies: &str, limit: Option<u64>) -> Option<Span> {
    policy(policies, b"", limit)?.window
}

/// The policy of this name (draft 11) or with this limit (drafts 6 and 7), provided that the whole
/// field is well formed.
fn policy(policies: &str, name: &[u8], limit: Option<u64>) -> Option<Parameters> {
    let reader = &mut Reader::new(policies);
    let mut found = None;
    loop {
        let current = reader.bare_item()?;
        let parameters = Parameters::read(reader, false)?;
        if parameters.window == Some(Span::ZERO) || parameters.limit.is_none() && current.starts_with(b"\"") {
            return None;
        }
        if current == name || limit.is_some() && non_negative(current) == limit {
            found = Some(parameters);
        }
        if !reader.has_next()? {
            return found;
        }
    }
}

/// What an item of either field says. A parameter of the other field means what it means there; one that the
/// draft does not name is a comment.
#[derive(Default)]
struct Parameters {
    remaining: Option<u64>,
    limit: Option<u64>,
    window: Option<Span>,
    reset: Option<Span>,
    has_other_unit: bool,
}

impl Parameters {
    fn read(reader: &mut Reader<'_>, is_dictionary: bool) -> Option<Parameters> {
        let [remaining, limit, reset]: [&[u8]; 3] =
            if is_dictionary { [b"remaining", b"limit", b"reset"] } else { [b"r", b"q", b"t"] };
        let mut read = Parameters::default();
        let mut has_more = is_dictionary || reader.has_parameter();
        while has_more {
            let (key, value) = reader.keyed()?;
            if key == remaining {
                read.remaining = Some(non_negative(value)?);
            } else if key == limit {
                read.limit = Some(non_negative(value)?);
            } else if key == reset {
                read.reset = Some(seconds(value)?);
            } else if key == b"w" {
                read.window = Some(seconds(value)?);
            } else if key == b"qu" {
                // The draft's text says "requests", its registry says "request".
                read.has_other_unit = value != b"\"requests\"" && value != b"\"request\"";
            } else if key == b"pk" && !(value.starts_with(b":") && value.ends_with(b":")) {
                return None;
            }
            has_more = reader.has_parameter() || is_dictionary && reader.has_next()?;
        }
        Some(read)
    }
}

fn seconds(value: &[u8]) -> Option<Span> {
    Some(Span::from_secs(non_negative(value)?).min(LONGEST))
}
