//! The class of an answer by status and fields: throttle, quota, or the caller's.

use api_service_client::headers::{Class, classify};

#[test]
fn amazons_error_type_tells_a_throttle_from_a_quota() {
    let throttled = [("content-type", "application/json"), ("x-amzn-errortype", "TooManyRequestsException")];
    assert_eq!(classify(429, &throttled), Class::Throttled);
    let exceeded = [("content-type", "application/json"), ("x-amzn-ErrorType", "LimitExceededException")];
    assert_eq!(classify(429, &exceeded), Class::QuotaExceeded);
}

#[test]
fn an_error_type_may_carry_its_namespace() {
    let fields = [("x-amzn-errortype", "LimitExceededException:http://internal.amazon.com/coral/")];
    assert_eq!(classify(429, &fields), Class::QuotaExceeded);
}

#[test]
fn a_429_whose_error_type_cannot_be_read_is_undecided() {
    assert_eq!(classify(429, &[]), Class::Undecided);
    assert_eq!(classify(429, &[("content-type", "application/json")]), Class::Undecided);
    assert_eq!(classify(429, &[("content-type", "text/plain;charset=UTF-8")]), Class::Undecided);
    assert_eq!(classify(429, &[("content-type", "application/problem+json")]), Class::Undecided);
}

#[test]
fn an_error_type_that_is_neither_leaves_it_undecided() {
    // A firewall in front of the gateway may answer 429 as "forbidden".
    assert_eq!(classify(429, &[("x-amzn-errortype", "ForbiddenException")]), Class::Undecided);
    assert_eq!(classify(429, &[("x-amzn-errortype", "")]), Class::Undecided);
}

#[test]
fn a_retry_after_does_not_exclude_a_quota() {
    // A gateway response with a fixed Retry-After sends it with both.
    assert_eq!(classify(429, &[("retry-after", "10")]), Class::Undecided);
    let fields = [("retry-after", "10"), ("x-amzn-errortype", "LimitExceededException")];
    assert_eq!(classify(429, &fields), Class::QuotaExceeded);
}

#[test]
fn the_error_page_of_a_proxy_is_a_throttle() {
    assert_eq!(classify(429, &[("content-type", "text/html")]), Class::Throttled);
    assert_eq!(classify(429, &[("content-type", "text/html; charset=utf-8")]), Class::Throttled);
}

#[test]
fn a_503_is_throttled_if_it_says_until_when() {
    for (name, value) in [
        ("retry-after", "120"),
        ("retry-after", "0"),
        ("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT"),
        ("retry-after", "Friday, 31-Dec-99 23:59:59 GMT"),
        ("retry-after-ms", "500"),
        ("x-ms-retry-after-ms", "500"),
    ] {
        assert_eq!(classify(503, &[(name, value)]), Class::Throttled, "{name}: {value}");
    }
}

#[test]
fn a_503_without_a_valid_retry_after_is_the_callers() {
    assert_eq!(classify(503, &[]), Class::Other);
    for value in ["", "later", "-1", "1.5", "31 Dec 1999"] {
        assert_eq!(classify(503, &[("retry-after", value)]), Class::Other, "{value}");
    }
    assert_eq!(classify(503, &[("ratelimit", "\"default\";r=0;t=30")]), Class::Other);
    assert_eq!(classify(503, &[("x-amzn-errortype", "LimitExceededException")]), Class::Other);
}

#[test]
fn every_other_status_is_the_callers() {
    let fields = [
        ("retry-after", "60"),
        ("x-amzn-errortype", "LimitExceededException"),
        ("ratelimit", "\"default\";r=0;t=30"),
        ("x-ratelimit-remaining", "0"),
    ];
    for status in (0..=599).filter(|status| !matches!(status, 429 | 503)) {
        assert_eq!(classify(status, &fields), Class::Other, "{status}");
    }
}
