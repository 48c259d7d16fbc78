//! The accepted rates.

use mock_gateway::policy::{Rate, RateError, Throttle};
use std::time::Duration;

fn interval(text: &str) -> Option<Duration> {
    text.parse::<Rate>().unwrap().interval()
}

#[test]
fn a_hundred_a_minute_is_a_token_every_600_ms_exactly() {
    assert_eq!(interval("100/min"), Some(Duration::from_millis(600)));
}

#[test]
fn a_hundred_sixtieths_a_second_is_the_same_rate() {
    assert_eq!(Rate::per_second(100.0 / 60.0), "100/min".parse());
}

#[test]
fn units_are_second_minute_hour_and_day() {
    assert_eq!(interval("10/s"), Some(Duration::from_millis(100)));
    assert_eq!(interval("5000/hour"), Some(Duration::from_millis(720)));
    assert_eq!(interval("24/day"), Some(Duration::from_secs(3600)));
}

#[test]
fn a_rate_that_is_no_whole_number_of_nanoseconds_is_rounded_to_the_slower_side() {
    assert_eq!(interval("3/s"), Some(Duration::from_nanos(333_333_334)));
    assert_eq!(interval("1.6667/s"), Some(Duration::from_nanos(599_988_001)));
}

#[test]
fn zero_never_gives_a_token() {
    assert_eq!(interval("0/s"), None);
    assert_eq!("0/min".parse(), Ok(Rate::ZERO));
}

#[test]
fn what_is_no_rate_says_why() {
    let error = |text: &str| text.parse::<Rate>().unwrap_err();
    assert_eq!(error("100"), RateError::Malformed);
    assert_eq!(error("/s"), RateError::Malformed);
    assert_eq!(error("ten/s"), RateError::Malformed);
    assert_eq!(error("1/fortnight"), RateError::UnknownUnit("fortnight".into()));
    assert_eq!(error("-1/s"), RateError::NotANumber);
    assert_eq!(error("inf/s"), RateError::NotANumber);
    assert_eq!(error("NaN/s"), RateError::NotANumber);
    assert_eq!(error("1000001/s"), RateError::TooFast);
    assert_eq!(error("0.0000001/day"), RateError::TooSlow);
}

#[test]
fn a_bucket_that_takes_more_than_a_century_to_refill_is_refused() {
    let daily: Rate = "1/day".parse().unwrap();
    assert!(Throttle::new(daily, 36_500).is_ok());
    let error = Throttle::new(daily, 36_501).unwrap_err();
    assert_eq!(error.to_string(), "a burst of 36501 takes more than a century to refill");
    assert!(Throttle::new("1000000/s".parse().unwrap(), u32::MAX).is_ok());
}
