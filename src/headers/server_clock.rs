//! The server's clock, as its response shows it.

use crate::headers::Fields;
use crate::headers::decimal::number;
use crate::headers::http_date;
use crate::time::{Span, WallTime};

/// Returns the time that the response has spent in caches (RFC 9111 5.1); zero without an `Age`.
pub(super) fn age(fields: &dyn Fields) -> Span {
    Span::from_micros(number(fields, "age").unwrap_or(0))
}

/// Returns the time on the server's clock: `Date` + `Age`, or the client's time without a `Date`.
///
/// A date of the server must be compared with this time, since the two clocks may differ.
pub(super) fn server_now(fields: &dyn Fields, now: WallTime) -> WallTime {
    match fields.get("date").and_then(|text| http_date::parse(&text, now)) {
        Some(date) => date + age(fields),
        None => now,
    }
}
