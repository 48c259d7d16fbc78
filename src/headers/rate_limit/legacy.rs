//! The fields before the standard, one number each: `ratelimit-*` of draft 6, `x-ratelimit-*`, `x-rate-limit-*`.
//!
//! The size of a `reset` decides its unit. GitHub and X send epoch seconds, slowapi epoch seconds with a fraction, some
//! servers epoch milliseconds, Fastify and Reddit the seconds left. Durations (`6m0s`), ISO dates and negative numbers
//! (Azure's -1 for "unknown") are ignored.

use crate::headers::Fields;
use crate::headers::cursor::Cursor;
use crate::headers::decimal::{ONE, millionths, number};
use crate::headers::rate_limit::service_limit::RateLimit;
use crate::headers::rate_limit::structured::window;
use crate::headers::retry_after::LONGEST;
use crate::headers::server_clock::wait_or_date;
use crate::time::{Span, WallTime};

struct Names {
    remaining: &'static str,
    limit: &'static str,
    reset: &'static str,
}

const DIALECTS: [Names; 3] = [
    Names { remaining: "ratelimit-remaining", limit: "ratelimit-limit", reset: "ratelimit-reset" },
    Names { remaining: "x-ratelimit-remaining", limit: "x-ratelimit-limit", reset: "x-ratelimit-reset" },
    Names { remaining: "x-rate-limit-remaining", limit: "x-rate-limit-limit", reset: "x-rate-limit-reset" },
];

pub(super) fn read(fields: &dyn Fields, now: WallTime) -> Option<RateLimit> {
    DIALECTS.iter().find_map(|names| {
        let remaining = count(fields, names.remaining)?;
        let limit = count(fields, names.limit);
        let policies = fields.get("ratelimit-policy").unwrap_or_default();
        Some(RateLimit { remaining, limit, window: window(&policies, limit), reset: reset(fields, now) })
    })
}

/// Returns the time until the limit is reset, even if no field gives the remaining requests.
pub(crate) fn reset(fields: &dyn Fields, now: WallTime) -> Option<Span> {
    // Discord sends a span besides, which depends on no clock.
    let span = match number(fields, "x-ratelimit-reset-after") {
        Some(micros) => Span::from_micros(micros),
        None => {
            let micros = DIALECTS.iter().find_map(|names| number(fields, names.reset))?;
            wait_or_date(micros, fields, now)
        }
    };
    Some(span.min(LONGEST))
}

/// Returns whole requests. Reddit sends a fraction, Sine a list of windows after the number (`20, 20;w=60`).
fn count(fields: &dyn Fields, name: &'static str) -> Option<u64> {
    let text = fields.get(name)?;
    let first = Cursor::new(text.as_bytes()).take_while(|byte| byte != b',');
    Some(millionths(first)? / ONE)
}
