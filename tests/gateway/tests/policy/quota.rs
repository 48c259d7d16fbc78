//! Quotas of a day, a week or a month.

use crate::{client, is_admitted, items, throttle};
use mock_gateway::policy::{
    Client, Decision, Instant, Period, Quota, RateLimitPolicy, StageLimits, UsagePlan, WallTime,
};
use std::net::Ipv4Addr;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);
/// Saturday, 31 January 2026, 23:00 UTC: an hour before the next day, the next week and the next month.
const STARTED: WallTime = WallTime::from_epoch(Duration::from_secs(1_769_900_400));

fn policy(quota: &str) -> RateLimitPolicy {
    let mut plan = UsagePlan::new(throttle("1000/s", 1_000));
    plan.quota = Some(quota.parse().unwrap());
    RateLimitPolicy::new(&plan, &StageLimits::default(), STARTED)
}

fn evaluate(policy: &mut RateLimitPolicy, id: &str, after: Duration) -> Decision {
    policy.evaluate(&client(id), &items(), Instant::START + after)
}

#[test]
fn a_client_that_has_used_its_quota_is_refused_and_told_apart_from_a_throttled_one() {
    let mut policy = policy("2/day");
    let left: Vec<_> = (0..2).map(|_| quota_left(evaluate(&mut policy, "one", Duration::ZERO))).collect();
    assert_eq!(left, [Some(1), Some(0)]);
    assert_eq!(evaluate(&mut policy, "one", Duration::ZERO), Decision::QuotaExceeded);
    assert_eq!(quota_left(evaluate(&mut policy, "two", Duration::ZERO)), Some(1));
}

fn quota_left(decision: Decision) -> Option<u32> {
    match decision {
        Decision::Admitted { quota_remaining, .. } => quota_remaining,
        Decision::Throttled { .. } | Decision::QuotaExceeded => None,
    }
}

/// Checks that a quota that is used up at the start opens after this time, and not a millisecond before.
fn reopens(quota: &str, open: Duration) {
    let mut policy = policy(quota);
    evaluate(&mut policy, "one", Duration::ZERO);
    let just_before = open - Duration::from_millis(1);
    assert_eq!(evaluate(&mut policy, "one", just_before), Decision::QuotaExceeded, "{quota}");
    assert!(matches!(evaluate(&mut policy, "one", open), Decision::Admitted { .. }), "{quota}");
    assert_eq!(evaluate(&mut policy, "one", open), Decision::QuotaExceeded, "{quota}");
}

#[test]
fn a_day_begins_at_midnight_utc() {
    let midnight = Duration::from_secs(3_600);
    reopens("1/day", midnight);
}

#[test]
fn a_week_begins_on_sunday() {
    let sunday = Duration::from_secs(3_600);
    reopens("1/week", sunday);
    let mut policy = policy("1/week");
    assert!(matches!(evaluate(&mut policy, "one", sunday), Decision::Admitted { .. }));
    assert_eq!(
        evaluate(&mut policy, "one", sunday + DAY * 7 - Duration::from_secs(1)),
        Decision::QuotaExceeded
    );
    assert!(matches!(evaluate(&mut policy, "one", sunday + DAY * 7), Decision::Admitted { .. }));
}

#[test]
fn a_month_begins_on_the_first_however_long_it_is() {
    let first = Duration::from_secs(3_600);
    reopens("1/month", first);
    let mut policy = policy("1/month");
    assert!(matches!(evaluate(&mut policy, "one", first), Decision::Admitted { .. }));
    assert_eq!(
        evaluate(&mut policy, "one", first + DAY * 28 - Duration::from_secs(1)),
        Decision::QuotaExceeded
    );
    assert!(matches!(evaluate(&mut policy, "one", first + DAY * 28), Decision::Admitted { .. }));
}

#[test]
fn a_client_that_comes_back_after_months_finds_its_quota_open() {
    let mut policy = policy("1/month");
    let (february, next_january) = (DAY, DAY * 350);
    for month in [february, next_january] {
        assert!(matches!(evaluate(&mut policy, "one", month), Decision::Admitted { .. }));
        assert_eq!(evaluate(&mut policy, "one", month), Decision::QuotaExceeded);
    }
}

#[test]
fn a_throttled_request_uses_no_quota() {
    let mut plan = UsagePlan::new(throttle("1/s", 1));
    plan.quota = Some(Quota { limit: 2, period: Period::Month });
    let mut policy = RateLimitPolicy::new(&plan, &StageLimits::default(), WallTime::EPOCH);
    assert!(matches!(evaluate(&mut policy, "one", Duration::ZERO), Decision::Admitted { .. }));
    for _ in 0..10 {
        assert!(matches!(evaluate(&mut policy, "one", Duration::ZERO), Decision::Throttled { .. }));
    }
    let last = evaluate(&mut policy, "one", Duration::from_secs(1));
    assert_eq!(last, Decision::Admitted { remaining: 0, quota_remaining: Some(0) });
}

#[test]
fn a_request_that_the_stage_refuses_uses_no_quota() {
    let mut plan = UsagePlan::new(throttle("1000/s", 1_000));
    plan.quota = Some(Quota { limit: 2, period: Period::Month });
    let stage = StageLimits { throttle: Some(throttle("1/s", 1)), ..StageLimits::default() };
    let mut policy = RateLimitPolicy::new(&plan, &stage, WallTime::EPOCH);
    let decisions = [0, 0, 0, 1, 2].map(|second| evaluate(&mut policy, "one", Duration::from_secs(second)));
    let [first, second, third, fourth, fifth] = decisions;
    assert!(matches!(first, Decision::Admitted { quota_remaining: Some(1), .. }));
    assert!(matches!(second, Decision::Throttled { .. }) && matches!(third, Decision::Throttled { .. }));
    assert!(matches!(fourth, Decision::Admitted { quota_remaining: Some(0), .. }));
    assert_eq!(fifth, Decision::QuotaExceeded);
}

#[test]
fn a_quota_is_written_as_a_number_and_a_period() {
    assert_eq!("500/DAY".parse(), Ok(Quota { limit: 500, period: Period::Day }));
    assert_eq!("0/week".parse(), Ok(Quota { limit: 0, period: Period::Week }));
    for wrong in ["", "500", "500/hour", "-1/day", "1.5/day", "/day"] {
        assert!(wrong.parse::<Quota>().is_err(), "{wrong}");
    }
}

#[test]
fn more_clients_than_can_be_counted_are_refused_until_the_next_period() {
    let mut policy = policy("1/day");
    let address = |n| Client::SourceIp(Ipv4Addr::from_bits(n).into());
    for n in 0..200_000 {
        policy.evaluate(&address(n), &items(), Instant::START);
    }
    let of = |policy: &mut RateLimitPolicy, n, after| {
        policy.evaluate(&address(n), &items(), Instant::START + after)
    };
    assert_eq!(of(&mut policy, 200_000, Duration::ZERO), Decision::QuotaExceeded);
    assert_eq!(of(&mut policy, 7, Duration::ZERO), Decision::QuotaExceeded, "counted clients stay limited");
    assert!(is_admitted(of(&mut policy, 200_000, DAY)));
}
