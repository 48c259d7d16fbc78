//! The classification of responses: a throttle ends within seconds, a used-up quota does not.

use crate::headers::Fields;
use crate::headers::cursor::Cursor;
use crate::headers::retry_after::retry_after;
use crate::time::WallTime;

/// The consequence of a response for later requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Too many requests at the moment: pause, then resend.
    Throttled,
    /// The quota of a day, a week or a month is used up: no pause of seconds helps.
    QuotaExceeded,
    /// One of the two. [`classify_body`] decides.
    Undecided,
    /// Neither: the response goes to the caller.
    Other,
}

/// Classifies a response by its status and header fields.
///
/// Amazon API Gateway answers 429 to both, and names the reason in `x-amzn-errortype`. Across origins a page can read
/// that field only if `Access-Control-Expose-Headers` names it. If it is missing, the body decides, unless it is HTML.
/// A 503 is a throttle only with a valid `Retry-After` (RFC 9110 15.6.4). Otherwise it is a failure like any other.
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
        // A date is valid whatever the clock shows.
        503 if retry_after(fields, WallTime::default()).is_some() => Class::Throttled,
        _ => Class::Other,
    }
}

fn refused(fields: &dyn Fields) -> Class {
    // AWS services may append a namespace, as in `LimitExceededException:http://...`.
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

/// Classifies an undecided 429 by its body: [`Class::QuotaExceeded`] or [`Class::Throttled`].
///
/// The quota is exceeded if the body is a JSON object with one of two members.
///
/// - `"message": "Limit Exceeded"` (Amazon API Gateway).
/// - A `"type"` that ends with `#quota-exceeded` (RFC 9457; draft 11 of the RateLimit fields, section 5.1).
///
/// The members of nested objects, and longer texts, do not count. A truncated or malformed body is read as far as it goes.
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

/// Reads one object. Only its own strings matter.
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
