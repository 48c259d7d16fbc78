//! The precedence of the fields, and answers without a delay.

use api_service_client::headers::{LONGEST, requested_delay};
use api_service_client::time::Span;

use super::given::{from_rate_limit, from_retry_after, now};

#[test]
fn each_field_is_overruled_by_those_before_it() {
    let fields = [
        ("retry-after-ms", "1000"),
        ("x-ms-retry-after-ms", "2000"),
        ("retry-after", "3"),
        ("ratelimit", "\"default\";r=0;t=4"),
        ("x-ratelimit-reset-after", "5"),
        ("x-ratelimit-reset", "6"),
    ];
    let delays = (0..fields.len()).map(|from| requested_delay(429, &&fields[from..], now()).unwrap().delay);
    assert_eq!(delays.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6].map(Span::from_secs));
}

#[test]
fn the_source_is_told() {
    assert_eq!(requested_delay(429, &[("retry-after", "3")], now()), from_retry_after(Span::from_secs(3)));
    assert_eq!(
        requested_delay(429, &[("ratelimit", "\"default\";r=0;t=4")], now()),
        from_rate_limit(Span::from_secs(4)),
    );
}

#[test]
fn an_answer_that_says_nothing_gives_no_advice() {
    let as_amazon_sends_it =
        [("content-type", "application/json"), ("x-amzn-errortype", "TooManyRequestsException")];
    assert_eq!(requested_delay(429, &as_amazon_sends_it, now()), None);
    assert_eq!(requested_delay(429, &[], now()), None);
}

#[test]
fn retry_after_wins_over_rate_limit_even_if_it_is_shorter() {
    // Draft 11, appendix B.3.
    let fields = [("retry-after", "20"), ("ratelimit", "\"dynamic\";r=15;t=40")];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(20)));
    let fields = [("retry-after", "0"), ("ratelimit", "\"dynamic\";r=0;t=40")];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::ZERO));
}

#[test]
fn a_malformed_retry_after_leaves_the_word_to_the_rate_limit() {
    let fields = [("retry-after", "soon"), ("ratelimit", "\"default\";r=0;t=30")];
    assert_eq!(requested_delay(429, &fields, now()), from_rate_limit(Span::from_secs(30)));
    assert_eq!(requested_delay(429, &[("retry-after", "soon")], now()), None);
}

#[test]
fn a_malformed_rate_limit_leaves_the_word_to_the_older_fields() {
    let fields = [("ratelimit", "\"default\";r=0;t=4.5"), ("x-ratelimit-reset-after", "64.57")];
    assert_eq!(requested_delay(429, &fields, now()), from_rate_limit(Span::from_millis(64_570)));
}

#[test]
fn a_reset_counts_even_if_nothing_says_how_much_remains() {
    for (name, value, delay) in [
        ("x-ratelimit-reset-after", "64.57", Span::from_millis(64_570)),
        ("x-ratelimit-reset", "60", Span::from_secs(60)),
        ("x-ratelimit-reset", "1795478425", Span::from_secs(25)),
        ("x-rate-limit-reset", "1795478425", Span::from_secs(25)),
        ("ratelimit-reset", "7", Span::from_secs(7)),
    ] {
        assert_eq!(requested_delay(429, &[(name, value)], now()), from_rate_limit(delay), "{name}: {value}");
    }
}

#[test]
fn while_something_remains_the_end_of_the_window_is_no_advice() {
    assert_eq!(requested_delay(429, &[("ratelimit", "\"dynamic\";r=15;t=40")], now()), None);
    assert_eq!(requested_delay(429, &[("ratelimit", "\"dynamic\";r=1;t=40")], now()), None);
    let secondary_limit_of_github = [
        ("x-ratelimit-limit", "5000"),
        ("x-ratelimit-remaining", "4999"),
        ("x-ratelimit-reset", "1795481400"),
    ];
    assert_eq!(requested_delay(429, &secondary_limit_of_github, now()), None);
}

#[test]
fn a_window_that_is_over_is_no_advice() {
    for fields in [
        [("ratelimit", "\"default\";r=0;t=0")],
        [("ratelimit", "limit=10, remaining=0, reset=0")],
        [("x-ratelimit-reset", "0")],
        [("x-ratelimit-reset", "1700000000")],
        [("x-ratelimit-reset-after", "0.0")],
    ] {
        assert_eq!(requested_delay(429, &fields, now()), None, "{fields:?}");
    }
}

#[test]
fn a_rate_limit_without_an_end_is_no_advice() {
    assert_eq!(requested_delay(429, &[("ratelimit", "\"default\";r=0")], now()), None);
}

#[test]
fn a_rate_limit_from_a_cache_is_no_advice() {
    for field in [("ratelimit", "\"default\";r=0;t=30"), ("x-ratelimit-reset", "30")] {
        assert_eq!(requested_delay(429, &[field, ("age", "1")], now()), None);
        assert_eq!(requested_delay(429, &[field, ("age", "0")], now()), from_rate_limit(Span::from_secs(30)));
    }
}

#[test]
fn a_503_is_advised_by_retry_after_alone() {
    assert_eq!(requested_delay(503, &[("retry-after", "5")], now()), from_retry_after(Span::from_secs(5)));
    assert_eq!(requested_delay(503, &[("ratelimit", "\"default\";r=0;t=30")], now()), None);
}

#[test]
fn other_answers_ask_for_no_pause() {
    // slowapi sends Retry-After with each answer. With a redirect it has another meaning (RFC 9110 10.2.3).
    for status in [0, 200, 204, 301, 304, 400, 403, 404, 408, 500, 502, 504] {
        assert_eq!(requested_delay(status, &[("retry-after", "60")], now()), None, "{status}");
    }
}

#[test]
fn absurd_windows_are_cut_at_a_century() {
    for field in [
        ("ratelimit", "\"default\";r=0;t=999999999999999"),
        ("x-ratelimit-reset-after", "99999999999999999999.9"),
        ("x-ratelimit-reset", "9999999999"),
        ("x-ratelimit-reset", "99999999999999999999"),
    ] {
        let advice = requested_delay(429, &[field], now()).unwrap();
        assert!(advice.delay <= LONGEST, "{field:?}");
        assert!(advice.delay >= Span::from_secs(8_000_000_000).min(LONGEST), "{field:?}");
    }
}
