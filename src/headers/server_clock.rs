//! The server's clock, as its response shows it.

use crate::headers::Fields;
use crate::headers::decimal::{ONE, number};
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

/// Returns the wait that a number of seconds means, given in microseconds. From the year 2001 on it is a date: nobody
/// waits for 31 years, but servers mistake a date for a wait. Larger numbers are dates in milliseconds.
pub(super) fn wait_or_date(micros: u64, fields: &dyn Fields, now: WallTime) -> Span {
    if micros < 1_000_000_000 * ONE {
        return Span::from_micros(micros);
    }
    let is_millis = micros >= 1_000_000_000_000 * ONE;
    let since_epoch = Span::from_micros(if is_millis { micros / 1_000 } else { micros });
    (WallTime::default() + since_epoch).since(server_now(fields, now))
}
