//! The server's own clock, as far as its answer shows it.

use super::Fields;
use super::decimal::number;
use super::http_date;
use crate::time::{Span, WallTime};

/// How long the answer has lain in a cache (RFC 9111 5.1); no time at all where it does not say.
pub(super) fn age(fields: &dyn Fields) -> Span {
    Span::from_micros(number(fields, "age").unwrap_or(0))
}

/// What the server's clock shows now: the `Date` of the answer and its `Age`, or else the client's own clock.
///
/// A server's date compared with the client's clock is off by the difference of the two clocks.
pub(super) fn server_now(fields: &dyn Fields, now: WallTime) -> WallTime {
    match fields.get("date").and_then(|text| http_date::parse(&text, now)) {
        Some(date) => date + age(fields),
        None => now,
    }
}
