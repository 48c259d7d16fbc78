//! `RateLimit` and `RateLimit-Policy`, draft 11.

use crate::{admitted, throttle};
use mock_gateway::answer::{rate_limit, rate_limit_policy};
use mock_gateway::policy::{Decision, Limit, Period, Quota};
use std::time::Duration;

const DAILY: Option<Quota> = Some(Quota { limit: 10_000, period: Period::Day });

#[test]
fn the_policy_is_the_bucket_and_the_time_it_takes_to_refill() {
    assert_eq!(rate_limit_policy(throttle("100/min", 200), None), r#""default";q=200;w=120"#);
    assert_eq!(
        rate_limit_policy(throttle("1000/s", 1), None),
        r#""default";q=1;w=1"#,
        "a window is whole seconds"
    );
    assert_eq!(rate_limit_policy(throttle("10/s", 0), None), r#""default";q=0;w=1"#, "nor is it ever zero");
    assert_eq!(rate_limit_policy(throttle("0/s", 0), None), r#""default";q=0"#);
}

#[test]
fn a_quota_is_a_policy_of_its_own() {
    let bucket = throttle("100/min", 200);
    assert_eq!(rate_limit_policy(bucket, DAILY), r#""default";q=200;w=120,"day";q=10000;w=86400"#);
    let monthly = Some(Quota { limit: 5, period: Period::Month });
    assert_eq!(
        rate_limit_policy(bucket, monthly),
        r#""default";q=200;w=120,"month";q=5"#,
        "months differ in length"
    );
}

#[test]
fn what_is_left_comes_with_the_time_until_there_is_more() {
    let bucket = throttle("100/min", 200);
    assert_eq!(rate_limit(admitted(17), bucket, None).as_deref(), Some(r#""default";r=17;t=1"#));
    let wait = Some(Duration::from_millis(1_200));
    let throttled = Decision::Throttled { by: Limit::UsagePlan, next_token_in: wait };
    assert_eq!(rate_limit(throttled, bucket, None).as_deref(), Some(r#""default";r=0;t=2"#));
    let never = Decision::Throttled { by: Limit::UsagePlan, next_token_in: None };
    assert_eq!(rate_limit(never, throttle("0/s", 0), None).as_deref(), Some(r#""default";r=0"#));
}

#[test]
fn a_quota_says_what_is_left_of_it() {
    let bucket = throttle("100/min", 200);
    let decision = Decision::Admitted { remaining: 17, quota_remaining: Some(9_000) };
    assert_eq!(rate_limit(decision, bucket, DAILY).as_deref(), Some(r#""default";r=17;t=1,"day";r=9000"#));
    assert_eq!(rate_limit(Decision::QuotaExceeded, bucket, DAILY).as_deref(), Some(r#""day";r=0"#));
}

#[test]
fn a_refusal_by_the_stage_says_nothing_about_the_clients_bucket() {
    let decision = Decision::Throttled { by: Limit::Stage, next_token_in: Some(Duration::from_secs(1)) };
    assert_eq!(rate_limit(decision, throttle("100/min", 200), DAILY), None);
}
