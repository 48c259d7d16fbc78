//! One client, one bucket.

use crate::{admitted, client, is_admitted, items, of, policy};
use mock_gateway::policy::{Decision, Instant, Limit, Rate, RateLimitPolicy, Throttle, UsagePlan};
use proptest::prelude::*;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

fn evaluate(policy: &mut RateLimitPolicy, now: Instant) -> Decision {
    policy.evaluate(&client("one"), &items(), now)
}

/// The number of simultaneous requests that are admitted.
fn admits(policy: &mut RateLimitPolicy, requests: usize, now: Instant) -> usize {
    (0..requests).filter(|_| is_admitted(evaluate(policy, now))).count()
}

#[test]
fn a_full_bucket_admits_its_burst_at_once_and_no_more() {
    assert_eq!(admits(&mut policy("100/min", 200), 1_000, Instant::START), 200);
}

#[test]
fn a_bucket_of_200_at_100_a_minute_admits_300_in_its_first_minute() {
    let mut policy = policy("100/min", 200);
    let total: usize =
        (0..60_000).map(|ms| admits(&mut policy, 1, Instant::START + Duration::from_millis(ms))).sum();
    assert_eq!(total, 200 + 99);
    assert_eq!(admits(&mut policy, 1, Instant::START + MINUTE), 1);
}

#[test]
fn a_bucket_never_holds_more_than_its_burst() {
    let mut policy = policy("100/min", 5);
    admits(&mut policy, 5, Instant::START);
    assert_eq!(admits(&mut policy, 100, Instant::START + 60 * MINUTE), 5);
}

#[test]
fn an_admitted_request_learns_how_many_tokens_are_left() {
    let mut policy = policy("1/s", 3);
    let left: Vec<_> = (0..3).map(|_| evaluate(&mut policy, Instant::START)).collect();
    assert_eq!(left, [2, 1, 0].map(admitted));
}

#[test]
fn a_throttled_request_learns_when_the_next_token_comes_and_takes_none() {
    let mut policy = policy("10/s", 1);
    admits(&mut policy, 1, Instant::START);
    let later = Instant::START + Duration::from_millis(30);
    let expected =
        Decision::Throttled { by: Limit::UsagePlan, next_token_in: Some(Duration::from_millis(70)) };
    for _ in 0..100 {
        assert_eq!(evaluate(&mut policy, later), expected);
    }
    assert_eq!(admits(&mut policy, 1, Instant::START + Duration::from_millis(100)), 1);
}

#[test]
fn a_rate_or_a_burst_of_zero_throttles_everything_for_ever() {
    for (rate, burst) in [("0/s", 0), ("0/s", 10), ("10/s", 0)] {
        let mut policy = policy(rate, burst);
        for now in [Instant::START, Instant::START + 600 * MINUTE] {
            let decision = evaluate(&mut policy, now);
            assert_eq!(
                decision,
                Decision::Throttled { by: Limit::UsagePlan, next_token_in: None },
                "{rate}, burst {burst}"
            );
        }
    }
}

#[test]
fn a_clock_that_goes_back_gives_no_token() {
    let mut policy = policy("1/s", 2);
    let now = Instant::START + MINUTE;
    assert_eq!(admits(&mut policy, 5, now), 2);
    assert_eq!(admits(&mut policy, 5, Instant::START), 0);
    assert_eq!(admits(&mut policy, 5, now), 0);
}

#[test]
fn the_end_of_the_clock_is_no_overflow() {
    for end in [Duration::MAX, Duration::from_nanos(u64::MAX)] {
        let mut policy = policy("1/day", 36_500);
        assert_eq!(admits(&mut policy, 36_501, Instant::after(end)), 36_500);
    }
}

/// A textbook token bucket in integers: its level is counted in nanoseconds of refill.
struct Textbook {
    interval: u128,
    capacity: u128,
    level: u128,
    last: u128,
}

impl Textbook {
    fn new(throttle: Throttle) -> Textbook {
        let interval = throttle.rate().interval().unwrap().as_nanos();
        let capacity = interval * u128::from(throttle.burst());
        Textbook { interval, capacity, level: capacity, last: 0 }
    }

    fn evaluate(&mut self, now: Instant) -> Decision {
        let now = now.since_start().as_nanos();
        self.level = self.capacity.min(self.level + now - self.last);
        self.last = now;
        match self.level.checked_sub(self.interval) {
            Some(left) => {
                self.level = left;
                admitted((left / self.interval) as u32)
            }
            None => {
                let wait = (self.interval - self.level) as u64;
                Decision::Throttled { by: Limit::UsagePlan, next_token_in: Some(Duration::from_nanos(wait)) }
            }
        }
    }
}

fn any_throttle() -> impl Strategy<Value = Throttle> {
    (1_u32..100_000, prop::sample::select(vec!["s", "min", "hour"]), 1_u32..50).prop_map(
        |(tokens, unit, burst)| {
            let rate: Rate = format!("{}/{unit}", f64::from(tokens) / 7.0).parse().unwrap();
            Throttle::new(rate, burst).unwrap()
        },
    )
}

/// Gaps between requests: most are zero or close to a token's time, some are long.
fn any_gaps(throttle: Throttle) -> impl Strategy<Value = (Throttle, Vec<u64>)> {
    let interval = throttle.rate().interval().unwrap().as_nanos() as u64;
    let gap = prop_oneof![
        3 => Just(0),
        4 => 0..interval * 2,
        1 => 0..interval * 100,
        1 => prop::sample::select(vec![interval - 1, interval, interval + 1]),
    ];
    prop::collection::vec(gap, 1..300).prop_map(move |gaps| (throttle, gaps))
}

proptest! {
    #[test]
    fn every_decision_is_the_textbook_buckets_so_that_no_token_is_lost(
        (throttle, gaps) in any_throttle().prop_flat_map(any_gaps)
    ) {
        let (mut policy, mut textbook) = (of(&UsagePlan::new(throttle)), Textbook::new(throttle));
        let mut now = Instant::START;
        for gap in gaps {
            now = now + Duration::from_nanos(gap);
            prop_assert_eq!(evaluate(&mut policy, now), textbook.evaluate(now));
        }
    }

    #[test]
    fn no_interval_admits_more_than_the_burst_and_what_refills_in_it(
        (throttle, gaps) in any_throttle().prop_flat_map(any_gaps)
    ) {
        let mut policy = of(&UsagePlan::new(throttle));
        let interval = throttle.rate().interval().unwrap().as_nanos();
        let mut now = Instant::START;
        let mut times = Vec::new();
        for gap in gaps {
            now = now + Duration::from_nanos(gap);
            if is_admitted(evaluate(&mut policy, now)) {
                times.push(now.since_start().as_nanos());
            }
        }
        for (first, from) in times.iter().enumerate() {
            for (last, to) in times.iter().enumerate().skip(first) {
                let refilled = (to - from) / interval;
                prop_assert!((last - first + 1) as u128 <= u128::from(throttle.burst()) + refilled);
            }
        }
    }

    #[test]
    fn the_promised_moment_admits_and_the_nanosecond_before_does_not(throttle in any_throttle()) {
        let mut policy = of(&UsagePlan::new(throttle));
        admits(&mut policy, throttle.burst() as usize, Instant::START);
        let Decision::Throttled { next_token_in: Some(wait), .. } = evaluate(&mut policy, Instant::START) else {
            return Err(TestCaseError::fail("the bucket is not empty"));
        };
        let promised = Instant::START + wait;
        prop_assert_eq!(admits(&mut policy, 1, Instant::START + (wait - Duration::from_nanos(1))), 0);
        prop_assert_eq!(admits(&mut policy, 2, promised), 1);
    }
}
