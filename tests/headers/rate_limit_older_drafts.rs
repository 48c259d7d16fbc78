//! Drafts 7 and 6, as express-rate-limit and hono-rate-limiter send them.

use api_service_client::headers::{RateLimit, rate_limit};

use super::given::{now, remaining, under};

fn read(value: &str) -> Option<RateLimit> {
    rate_limit(&[("ratelimit", value)], now())
}

#[test]
fn draft_7_is_one_field_of_three_numbers() {
    assert_eq!(read("limit=2, remaining=0, reset=60"), Some(under(2, None, remaining(0, 60))));
    assert_eq!(read("limit=100,remaining=50,reset=30"), Some(under(100, None, remaining(50, 30))));
    assert_eq!(read("reset=30, remaining=50, limit=100"), Some(under(100, None, remaining(50, 30))));
    assert_eq!(read("remaining=50"), Some(remaining(50, None)));
}

#[test]
fn draft_7_takes_the_window_from_the_policy_with_its_limit() {
    for (policy, window) in
        [("100;w=60", 60), ("10;w=1, 100;w=60, 1000;w=3600", 60), ("100;w=60;comment=\"fixed\"", 60)]
    {
        let fields = [("ratelimit", "limit=100, remaining=50, reset=30"), ("ratelimit-policy", policy)];
        assert_eq!(rate_limit(&fields, now()), Some(under(100, window, remaining(50, 30))), "{policy}");
    }
    let fields = [("ratelimit", "limit=100, remaining=50, reset=30"), ("ratelimit-policy", "10;w=1")];
    assert_eq!(rate_limit(&fields, now()), Some(under(100, None, remaining(50, 30))));
}

#[test]
fn unknown_members_of_draft_7_are_comments() {
    assert_eq!(
        read("limit=100, remaining=50, reset=30, policy=a, soft"),
        Some(under(100, None, remaining(50, 30)))
    );
}

#[test]
fn a_malformed_draft_7_is_ignored_as_a_whole() {
    for value in [
        "limit=100",
        "limit=100, reset=30",
        "limit=100, remaining=-1, reset=30",
        "limit=100, remaining=50, reset=1.5",
        "limit=\"100\", remaining=50, reset=30",
        "limit=100, remaining=50, reset=30,",
        "limit=100; remaining=50 reset=30",
        "limit: 100, remaining: 50, reset: 30",
        "Limit=100, Remaining=50, Reset=30",
        "50",
    ] {
        assert_eq!(read(value), None, "{value}");
    }
}

#[test]
fn draft_6_has_a_field_for_each_number() {
    let fields = [
        ("ratelimit-limit", "2"),
        ("ratelimit-remaining", "0"),
        ("ratelimit-reset", "60"),
        ("ratelimit-policy", "2;w=60"),
    ];
    assert_eq!(rate_limit(&fields, now()), Some(under(2, 60, remaining(0, 60))));
    assert_eq!(rate_limit(&&fields[1..2], now()), Some(remaining(0, None)));
}

#[test]
fn draft_6_without_what_remains_says_nothing() {
    assert_eq!(rate_limit(&[("ratelimit-limit", "2"), ("ratelimit-reset", "60")], now()), None);
}

#[test]
fn the_newer_draft_wins() {
    let fields = [
        ("ratelimit", "\"default\";r=5;t=3"),
        ("ratelimit-remaining", "6"),
        ("x-ratelimit-remaining", "7"),
        ("ratelimit-reset", "4"),
    ];
    assert_eq!(rate_limit(&fields, now()), Some(remaining(5, 3)));
    assert_eq!(rate_limit(&&fields[1..], now()), Some(remaining(6, 4)));
}
