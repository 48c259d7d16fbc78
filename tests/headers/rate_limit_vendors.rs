//! `x-ratelimit-*` and similar fields of vendors.

use api_service_client::headers::{RateLimit, rate_limit, requested_delay};
use api_service_client::time::{Span, WallTime};

use super::given::{NOW_SECS, from_rate_limit, from_retry_after, millis, now, remaining, secs, under};

#[test]
fn github_resets_at_an_epoch_second() {
    let fields = [
        ("x-ratelimit-limit", "30"),
        ("x-ratelimit-remaining", "14"),
        ("x-ratelimit-reset", "1655120964"),
        ("x-ratelimit-used", "16"),
        ("x-ratelimit-resource", "search"),
    ];
    let now = WallTime::from_epoch_secs(1_655_120_924);
    assert_eq!(rate_limit(&fields, now), Some(under(30, None, remaining(14, 40))));
}

#[test]
fn x_writes_rate_limit_with_a_hyphen() {
    let fields = [
        ("x-rate-limit-limit", "900"),
        ("x-rate-limit-remaining", "847"),
        ("x-rate-limit-reset", "1705420800"),
    ];
    let now = WallTime::from_epoch_secs(1_705_420_790);
    assert_eq!(rate_limit(&fields, now), Some(under(900, None, remaining(847, 10))));
}

#[test]
fn discord_tells_the_time_that_is_left_too() {
    let fields = [
        ("x-ratelimit-limit", "10"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "1470173023.123"),
        ("x-ratelimit-reset-after", "64.57"),
        ("x-ratelimit-bucket", "abcd1234"),
        ("retry-after", "65"),
    ];
    let expected = RateLimit { reset: millis(64_570), ..under(10, None, remaining(0, None)) };
    assert_eq!(rate_limit(&fields, now()), Some(expected));
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(65)));
    assert_eq!(requested_delay(429, &&fields[..5], now()), from_rate_limit(Span::from_millis(64_570)));
}

#[test]
fn discords_shared_limit_pauses_although_something_remains() {
    let fields = [("retry-after", "1337"), ("x-ratelimit-remaining", "9"), ("x-ratelimit-scope", "shared")];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(1_337)));
}

#[test]
fn fastify_tells_the_seconds_that_are_left() {
    let fields = [("x-ratelimit-limit", "2"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60")];
    assert_eq!(rate_limit(&fields, now()), Some(under(2, None, remaining(0, 60))));
}

#[test]
fn express_rate_limit_resets_at_an_epoch_second() {
    let fields =
        [("x-ratelimit-limit", "2"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1795485883")];
    let now = WallTime::from_epoch_secs(1_795_485_823);
    assert_eq!(rate_limit(&fields, now), Some(under(2, None, remaining(0, 60))));
}

#[test]
fn slowapi_resets_at_a_fraction_of_a_second() {
    let fields = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1795485936.4889777")];
    let reset = rate_limit(&fields, WallTime::from_epoch_secs(1_795_485_900)).unwrap().reset.unwrap();
    assert_eq!(reset, Span::from_millis(36_489));
}

#[test]
fn reddit_has_fractions_of_requests() {
    let fields =
        [("x-ratelimit-used", "6"), ("x-ratelimit-remaining", "594.0"), ("x-ratelimit-reset", "123")];
    assert_eq!(rate_limit(&fields, now()), Some(remaining(594, 123)));
    assert_eq!(rate_limit(&[("x-ratelimit-remaining", "0.9")], now()), Some(remaining(0, None)));
}

#[test]
fn sine_adds_the_windows_to_the_limit() {
    let fields = [("x-ratelimit-limit", "20, 20;w=60"), ("x-ratelimit-remaining", "19")];
    assert_eq!(rate_limit(&fields, now()), Some(under(20, None, remaining(19, None))));
}

#[test]
fn azures_minus_one_is_unknown_rather_than_nothing() {
    let fields = [("x-ratelimit-limit", "-1"), ("x-ratelimit-remaining", "-1"), ("x-ratelimit-reset", "0")];
    assert_eq!(rate_limit(&fields, now()), None);
    assert_eq!(requested_delay(429, &fields, now()), None);
}

#[test]
fn azure_asks_in_milliseconds() {
    let fields = [("x-ms-retry-after-ms", "1500"), ("retry-after", "2")];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_millis(1_500)));
}

#[test]
fn openais_durations_are_as_good_as_none() {
    for value in ["12ms", "6m0s", "9ms", "1s"] {
        let fields = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", value)];
        assert_eq!(rate_limit(&fields, now()), Some(remaining(0, None)), "{value}");
        assert_eq!(requested_delay(429, &fields, now()), None, "{value}");
    }
    let by_kind = [("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-tokens", "6m0s")];
    assert_eq!(rate_limit(&by_kind, now()), None);
}

#[test]
fn dates_in_a_reset_are_as_good_as_none() {
    // Atlassian, and lemlist.
    for value in [
        "2026-11-24T00:01Z",
        "Tue Feb 16 2021 09:02:42 GMT+0100 (Central European Standard Time)",
        "5.",
        ".5",
        "-5",
        "NaN",
        "",
    ] {
        let fields = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", value)];
        assert_eq!(rate_limit(&fields, now()), Some(remaining(0, None)), "{value}");
    }
}

#[test]
fn salesforce_shopify_and_slack_tell_nothing_that_is_read_here() {
    for field in [
        ("sforce-limit-info", "api-usage=10018/100000"),
        ("x-shopify-shop-api-call-limit", "32/40"),
        ("x-ratelimit-nearlimit", "true"),
    ] {
        assert_eq!(rate_limit(&[field], now()), None);
    }
    assert_eq!(requested_delay(429, &[("retry-after", "30")], now()), from_retry_after(Span::from_secs(30)));
    // Shopify's whole seconds have a fraction, which the grammar forbids.
    assert_eq!(requested_delay(429, &[("retry-after", "2.0")], now()), None);
}

#[test]
fn the_size_of_a_reset_tells_a_span_from_a_date() {
    let read = |value: &str| {
        rate_limit(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", value)], now()).unwrap().reset
    };
    assert_eq!(read("600000"), secs(600_000));
    assert_eq!(read("999999999"), secs(999_999_999));
    assert_eq!(read("1000000000"), secs(0));
    assert_eq!(read(&(NOW_SECS + 90).to_string()), secs(90));
    assert_eq!(read(&format!("{}.25", NOW_SECS + 90)), millis(90_250));
    assert_eq!(read(&format!("{}250", NOW_SECS + 90)), millis(90_250));
}
