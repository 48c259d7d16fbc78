//! `Retry-After` and its two spellings in milliseconds: when the server itself says how long to wait.

use super::Fields;
use super::decimal::{millionths, number};
use super::http_date;
use super::server_clock::server_now;
use crate::time::{Span, WallTime};

/// The longest wait that is read out of a field: a century. It is as good as never, and yet an end
/// that every later calculation, and a JavaScript `Date`, can represent.
pub const LONGEST: Span = Span::from_secs(36_525 * 86_400);

/// How long the server asks to wait: `retry-after-ms`, `x-ms-retry-after-ms`, `Retry-After`; the first that
/// is well formed.
///
/// `Retry-After` (RFC 9110 10.2.3) is either seconds from the receipt of the answer, or a date. A date is
/// measured from the server's own clock, where the answer shows it (its `Date`, plus its `Age`), and
/// otherwise from `now`; a date that is past is no wait at all. No wait is longer than [`LONGEST`].
///
/// `None` if there is none that is well formed. The grammar is kept to the letter: a sign, a unit, two
/// values, or a fraction (`2.0`) make a `Retry-After` malformed. The fields in milliseconds, which no
/// standard defines, may have a fraction.
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
        return millionths(text.as_bytes()).map(Span::from_micros);
    }
    Some(http_date::parse(&text, now)?.since(server_now(fields, now)))
}
