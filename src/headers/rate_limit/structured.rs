//! The `RateLimit` and `RateLimit-Policy` fields of drafts 11 and 7.

use crate::headers::retry_after::LONGEST;
use crate::headers::structured_field::{Reader, non_negative};
use crate::time::Span;

use crate::headers::rate_limit::service_limit::RateLimit;

/// Reads both drafts: in draft 7 the whole field is one limit without a name, in draft 11 each member is a limit.
pub(super) fn read(text: &str, policies: &str) -> Option<RateLimit> {
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

/// Returns the window of the limit in the `RateLimit-Policy` of drafts 6 and 7: `100;w=60`.
pub(super) fn window(policies: &str, limit: Option<u64>) -> Option<Span> {
    policy(policies, b"", limit)?.window
}

/// Returns the policy of this name (draft 11) or with this limit (drafts 6 and 7), if the whole field is well formed.
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

/// The parameters of an item of either field. A parameter of the other field is read, too. A parameter that the draft does
/// not name is a comment.
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
