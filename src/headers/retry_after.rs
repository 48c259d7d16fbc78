//! `Retry-After`, and its two variants in milliseconds.

use crate::headers::Fields;
use crate::headers::decimal::{millionths, number};
use crate::headers::http_date;
use crate::headers::server_clock::{server_now, wait_or_date};
use crate::time::{Span, WallTime};

/// The longest wait that is read from a field: a century, which every later calculation and a JavaScript `Date` can
/// represent.
pub const LONGEST: Span = Span::from_secs(36_525 * 86_400);

/// Returns the wait that the server asks for, at most [`LONGEST`]: from the first well-formed field of `retry-after-ms`,
/// `x-ms-retry-after-ms` and `Retry-After`.
///
/// `Retry-After` (RFC 9110 10.2.3) is either seconds from the receipt of the response, or a date. A date is measured from
/// the server's clock (`Date` + `Age`) if the response shows it, otherwise from `now`. A past date gives [`Span::ZERO`].
///
/// Seconds that are a date of this century are read as that date: some servers send the time at which to come back.
///
/// The grammar is strict: a sign, a unit, two values or a fraction (`2.0`) make a `Retry-After` malformed. The fields in
/// milliseconds, which no standard defines, may have a fraction.
///
/// ```
/// use api_service_client::{headers::retry_after, time::{Span, WallTime}};
///
/// let now = WallTime::from_epoch_secs(1_795_478_400);
/// assert_eq!(retry_after(&[("retry-after", "120")], now), Some(Span::from_secs(120)));
/// assert_eq!(retry_after(&[("retry-after", "soon")], now), None);
///
/// let date = ("date", "Mon, 05 Aug 2019 09:27:00 GMT");
/// let fields = [date, ("retry-after", "Mon, 05 Aug 2019 09:27:05 GMT")];
/// assert_eq!(retry_after(&fields, now), Some(Span::from_secs(5)));
/// ```
#[must_use]
pub fn retry_after(fields: &dyn Fields, now: WallTime) -> Option<Span> {
    let millis = number(fields, "retry-after-ms").or_else(|| number(fields, "x-ms-retry-after-ms"));
    let wait = match millis {
        Some(millis) => Span::from_micros(millis.div_ceil(1_000)),
        None => seconds_or_date(fields, now)?,
    };
    Some(wait.min(LONGEST))
}

fn seconds_or_date(fields: &dyn Fields, now: WallTime) -> Option<Span> {
    let text = fields.get("retry-after")?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(wait_or_date(millionths(text.as_bytes())?, fields, now));
    }
    Some(http_date::parse(&text, now)?.since(server_now(fields, now)))
}
