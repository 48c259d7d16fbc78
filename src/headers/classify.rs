//! Whether an answer is a throttle, which passes in seconds, or a used-up quota, which does not.

use super::Fields;
use super::cursor::Cursor;
use super::retry_after::retry_after;
use crate::time::WallTime;

/// What an answer means to the requests after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Too many requests at the moment: pause, and send it again.
    Throttled,
    /// The quota of a day, a week or a month is used up: no pause of seconds helps.
    QuotaExceeded,
    /// A 429 that is one of the two: [`classify_body`] tells which.
    Undecided,
    /// Anything else is the caller's.
    Other,
}

/// What the status and the header fields say.
///
/// Amazon API Gateway answers 429 to both, and names the reason in `x-amzn-errortype`. Across origins a page
/// can read that field only if `Access-Control-Expose-Headers` names it, so that it is often missing; then
/// the body decides. A page of HTML says nothing, however, and is not worth reading. A 503 is throttled only
/// if it says until when (RFC 9110 15.6.4); without a valid `Retry-After` it is a failure like any other.
///
/// ```
/// use api_service_client::headers::{Class, classify};
///
/// let fields = [("x-amzn-ErrorType", "LimitExceededException")];
/// assert_eq!(classify(429, &fields), Class::QuotaExceeded);
/// assert_eq!(classify(429, &[("content-type", "application/json")]), Class::Undecided);
/// assert_eq!(classify(503, &[("retry-after", "5")]), Class::Throttled);
/// assert_eq!(classify(503, &[("retry-after", "later")]), Class::Other);
/// ```
#[must_use]
pub fn classify(status: u16, fields: &dyn Fields) -> Class {
    match status {
        429 => refused(fields),
        // The clock decides how long, not whether it is valid.
        503 if retry_after(fields, WallTime::default()).is_some() => Class::Throttled,
        _ => Class::Other,
    }
}

fn refused(fields: &dyn Fields) -> Class {
    // The start is enough: AWS services may add a namespace, as in `LimitExceededException:http://...`.
    let starts_with = |name, start: &str| fields.get(name).is_some_and(|text| text.starts_with(start));
    if starts_with("x-amzn-errortype", "LimitExceededException") {
        Class::QuotaExceeded
    } else if starts_with("x-amzn-errortype", "TooManyRequestsException")
        || starts_with("content-type", "text/html")
    {
        Class::Throttled
    } else {
        Class::Undecided
    }
}

/// What the body of an undecided 429 says: [`Class::QuotaExceeded`] or [`Class::Throttled`].
///
/// A quota is exceeded if the body is a JSON object, one of whose own members is `"message": "Limit
/// Exceeded"` (Amazon API Gateway), or a `"type"` that ends with `#quota-exceeded` (RFC 9457; draft 11 of the
/// RateLimit fields, section 5.1). The same words deeper inside, or within a longer text, are about something
/// else. A body that is cut off or malformed is read as far as it goes.
///
/// ```
/// use api_service_client::headers::{Class, classify_body};
///
/// assert_eq!(classify_body(r#"{"message":"Limit Exceeded"}"#), Class::QuotaExceeded);
/// assert_eq!(classify_body(r#"{"message":"Too Many Requests"}"#), Class::Throttled);
/// assert_eq!(classify_body(r#"{"error":{"message":"Limit Exceeded"}}"#), Class::Throttled);
/// ```
#[must_use]
pub fn classify_body(body: &str) -> Class {
    let at = &mut Cursor::new(body.as_bytes());
    at.take_while(|byte| byte.is_ascii_whitespace());
    if at.peek() == Some(b'{') && reports_quota(at).is_some() {
        Class::QuotaExceeded
    } else {
        Class::Throttled
    }
}

/// Walks through one object. Values that are neither strings nor in brackets need not be looked at.
fn reports_quota(at: &mut Cursor<'_>) -> Option<()> {
    let mut depth = 0_u32;
    let mut key: &[u8] = b"";
    let mut is_value = false;
    loop {
        if at.peek()? == b'"' {
            let text = at.quoted(|_, _| true)?;
            match (depth, is_value, key) {
                (1, true, b"\"message\"" | b"\"Message\"") if text == b"\"Limit Exceeded\"" => {
                    return Some(());
                }
                (1, true, b"\"type\"") if text.ends_with(b"#quota-exceeded\"") => return Some(()),
                (1, true, _) => is_value = false,
                (1, false, _) => key = text,
                _ => {}
            }
            continue;
        }
        match at.next()? {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return None,
            b'}' | b']' => depth -= 1,
            b':' => is_value = true,
            b',' => is_value = false,
            _ => {}
        }
    }
}
