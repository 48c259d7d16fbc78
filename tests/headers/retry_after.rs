//! `Retry-After`, RFC 9110 10.2.3, and its spellings in milliseconds.

use api_service_client::headers::{LONGEST, retry_after};
use api_service_client::time::Span;
use proptest::prelude::*;

use super::given::{at, date, millis, now, secs};

fn read(value: &str) -> Option<Span> {
    retry_after(&[("retry-after", value)], now())
}

#[test]
fn seconds_count_from_the_receipt_of_the_answer() {
    for (value, expected) in [("0", 0), ("1", 1), ("65", 65), ("120", 120), ("1337", 1_337), ("007", 7)] {
        assert_eq!(read(value), secs(expected), "{value}");
    }
}

#[test]
fn the_seconds_do_not_change_with_dates_or_age() {
    let aged = [("age", "50"), ("date", "Mon, 05 Aug 2019 09:27:00 GMT"), ("retry-after", "120")];
    assert_eq!(retry_after(&aged, now()), secs(120));
}

#[test]
fn what_is_not_in_the_grammar_is_as_good_as_none() {
    for value in [
        "",
        "abc",
        "-1",
        "-5",
        "+5",
        "2.0",
        "1.5",
        "0.5",
        ".5",
        "5.",
        "1e3",
        "0x10",
        "5s",
        "1 second",
        "1 2",
        "5, 10",
        "10, 10",
        "5;q=1",
        "NaN",
        "Infinity",
        "null",
        "undefined",
        "٣",
        "6m0s",
        "12ms",
        "\"5\"",
        "2026-11-24T00:01:00Z",
    ] {
        assert_eq!(read(value), None, "{value:?}");
    }
    assert_eq!(retry_after(&[("content-type", "text/plain")], now()), None);
}

#[test]
fn a_date_ahead_is_waited_for_in_all_three_forms() {
    for value in
        ["Tue, 24 Nov 2026 00:01:30 GMT", "Tuesday, 24-Nov-26 00:01:30 GMT", "Tue Nov 24 00:01:30 2026"]
    {
        assert_eq!(read(value), secs(90), "{value}");
    }
}

#[test]
fn a_date_that_is_past_is_no_wait_at_all() {
    assert_eq!(read("Fri, 31 Dec 1999 23:59:59 GMT"), secs(0));
    assert_eq!(read("Mon, 23 Nov 2026 23:59:59 GMT"), secs(0));
}

#[test]
fn the_date_of_the_answer_is_what_a_date_is_measured_from() {
    let fields =
        [("date", "Mon, 05 Aug 2019 09:27:00 GMT"), ("retry-after", "Mon, 05 Aug 2019 09:27:05 GMT")];
    assert_eq!(retry_after(&fields, now()), secs(5));
}

#[test]
fn the_age_of_the_answer_has_passed_already() {
    let date = ("date", "Mon, 05 Aug 2019 09:27:00 GMT");
    let until = ("retry-after", "Mon, 05 Aug 2019 09:28:00 GMT");
    assert_eq!(retry_after(&[date, until, ("age", "50")], now()), secs(10));
    assert_eq!(retry_after(&[date, until, ("age", "70")], now()), secs(0));
    assert_eq!(retry_after(&[date, until, ("age", "old")], now()), secs(60));
}

#[test]
fn without_a_valid_date_of_the_answer_the_own_clock_counts() {
    let until = ("retry-after", "Tue, 24 Nov 2026 00:01:30 GMT");
    for date in ["", "yesterday", "2026-11-24T00:01:00Z", "1795478460"] {
        assert_eq!(retry_after(&[("date", date), until], now()), secs(90), "{date}");
    }
}

#[test]
fn a_wait_is_never_longer_than_a_century() {
    for value in [
        "9007199254740993",
        "18446744073709551616",
        "99999999999999999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        assert_eq!(read(value), Some(LONGEST), "{value}");
    }
    assert_eq!(retry_after(&[("retry-after-ms", "99999999999999999999")], now()), Some(LONGEST));
    assert_eq!(read("999999999"), secs(999_999_999));
}

#[test]
fn seconds_that_are_a_date_are_read_as_that_date() {
    let epoch = 1_795_478_460; // 2026-11-24 00:01:00 GMT
    let date = ("date", "Tue, 24 Nov 2026 00:00:30 GMT");
    for value in [epoch.to_string(), format!("{epoch}000")] {
        assert_eq!(retry_after(&[date, ("retry-after", &value)], now()), secs(30), "{value}");
    }
    let past = (epoch - 3_600).to_string();
    assert_eq!(retry_after(&[date, ("retry-after", &past)], now()), secs(0));
}

#[test]
fn milliseconds_come_before_seconds() {
    for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
        assert_eq!(retry_after(&[(name, "250"), ("retry-after", "1")], now()), millis(250), "{name}");
        assert_eq!(retry_after(&[(name, "0"), ("retry-after", "1")], now()), millis(0), "{name}");
    }
    let both = [("x-ms-retry-after-ms", "900"), ("retry-after-ms", "250")];
    assert_eq!(retry_after(&both, now()), millis(250));
}

#[test]
fn milliseconds_may_have_a_fraction() {
    assert_eq!(retry_after(&[("retry-after-ms", "37.5")], now()), Some(Span::from_micros(37_500)));
    assert_eq!(retry_after(&[("retry-after-ms", "0.0001")], now()), Some(Span::from_micros(1)));
}

#[test]
fn malformed_milliseconds_leave_the_word_to_the_next() {
    for value in ["", "abc", "-1", "5ms", "1e3", "."] {
        let fields = [("retry-after-ms", value), ("x-ms-retry-after-ms", "x"), ("retry-after", "3")];
        assert_eq!(retry_after(&fields, now()), secs(3), "{value}");
    }
}

proptest! {
    #[test]
    fn every_number_of_seconds_that_is_no_date_is_kept_to_the_microsecond(wait in 0_u64..1_000_000_000) {
        prop_assert_eq!(read(&wait.to_string()), secs(wait));
    }

    #[test]
    fn a_date_is_as_far_away_as_the_server_sees_it_whatever_the_own_clock_shows(
        wait in 0_u32..100_000,
        own_clock in -1_700_000_000_i64..1_700_000_000,
    ) {
        let fields = [("date", &*date(0)), ("retry-after", &*date(i64::from(wait)))];
        prop_assert_eq!(retry_after(&fields, at(own_clock)), secs(u64::from(wait)));
    }

    #[test]
    fn whether_a_value_is_valid_does_not_depend_on_the_clock(
        value in "[0-9]{0,4}|(Sun|Sunday),? [0-9]{2}[ -]Nov[ -](19)?[0-9]{2} 08:49:37( GMT)?",
        own_clock in -1_700_000_000_i64..1_700_000_000,
    ) {
        let fields = [("retry-after", &*value)];
        prop_assert_eq!(retry_after(&fields, at(own_clock)).is_some(), read(&value).is_some());
    }
}
