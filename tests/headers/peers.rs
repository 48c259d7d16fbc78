//! Mistakes of other clients on the same fields.

use api_service_client::headers::requested_delay;
use api_service_client::time::Span;

use super::given::{at, date, from_rate_limit, from_retry_after, now};

#[test]
fn a_delay_beyond_what_a_timer_holds_is_not_shortened() {
    // setTimeout takes 31 bits of milliseconds. A longer delay fires at once in seven clients.
    for secs in [2_147_483, 2_147_484, 2_200_000, 3_000_000, 4_294_968] {
        let fields = [("retry-after", &*secs.to_string())];
        assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(secs)));
    }
    let fields = [("retry-after-ms", "3000000000")];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(3_000_000)));
}

#[test]
fn no_retry_after_is_told_apart_from_one_of_zero() {
    // One client reads a missing Retry-After, or a date, as zero, and retries without end.
    assert_eq!(requested_delay(429, &[], now()), None);
    assert_eq!(requested_delay(429, &[("retry-after", "0")], now()), from_retry_after(Span::ZERO));
    let fields = [("retry-after", &*date(10))];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(10)));
}

#[test]
fn a_malformed_retry_after_does_not_hang() {
    // In one client NaN passes every comparison with the longest delay, and becomes 24.8 days.
    for value in ["abc", "", "NaN", "Infinity", "-Infinity"] {
        assert_eq!(requested_delay(429, &[("retry-after", value)], now()), None, "{value}");
    }
}

#[test]
fn a_past_date_does_not_become_a_negative_delay() {
    let fields = [("retry-after", &*date(-3_600))];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::ZERO));
}

#[test]
fn negative_seconds_are_no_advice() {
    for value in ["-5", "-1", "-0"] {
        assert_eq!(requested_delay(429, &[("retry-after", value)], now()), None, "{value}");
    }
}

#[test]
fn only_the_servers_own_zero_is_zero() {
    // Zero waits one backoff base. `None` backs off and doubles.
    for field in [("retry-after", "0.0"), ("ratelimit", "\"a\";r=0;t=0"), ("x-ratelimit-reset", "0")] {
        assert_eq!(requested_delay(429, &[field], now()), None, "{field:?}");
    }
}

#[test]
fn a_clock_that_is_wrong_does_not_change_the_wait() {
    // Every client subtracts its own clock from the server's date.
    let until = date(30);
    for own_clock in [-300, 0, 300, 86_400] {
        let fields = [("date", &*date(0)), ("retry-after", &*until)];
        assert_eq!(requested_delay(429, &fields, at(own_clock)), from_retry_after(Span::from_secs(30)));
        let fields = [("date", &*date(0)), ("x-ratelimit-reset", "1795478430")];
        assert_eq!(requested_delay(429, &fields, at(own_clock)), from_rate_limit(Span::from_secs(30)));
    }
}

#[test]
fn asctime_is_not_read_as_local_time() {
    // new Date("Sun Nov  6 08:49:37 1994") is five hours off in New York.
    let fields = [("date", "Sun, 06 Nov 1994 08:49:07 GMT"), ("retry-after", "Sun Nov  6 08:49:37 1994")];
    assert_eq!(requested_delay(429, &fields, now()), from_retry_after(Span::from_secs(30)));
}

#[test]
fn a_reset_after_the_19th_of_january_2038_is_not_in_the_past() {
    // ~~"2147483648" is negative.
    let fields = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "2147483708")];
    let now = api_service_client::time::WallTime::from_epoch_secs(2_147_483_648);
    assert_eq!(requested_delay(429, &fields, now), from_rate_limit(Span::from_secs(60)));
}
