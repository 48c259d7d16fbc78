//! Limits on methods, and on the stage that all clients share.

use crate::{admitted, client, is_admitted, items, throttle};
use mock_gateway::policy::{
    Decision, Instant, Limit, Method, RateLimitPolicy, StageLimits, Throttle, ThrottleTextError, UsagePlan,
    WallTime,
};
use std::time::Duration;

fn orders() -> Method {
    Method::new("POST", "/orders")
}

#[test]
fn a_method_with_a_limit_of_its_own_has_a_bucket_of_its_own_for_each_client() {
    let mut plan = UsagePlan::new(throttle("1/hour", 2));
    plan.methods.insert(orders(), throttle("1/hour", 1));
    let mut policy = RateLimitPolicy::new(&plan, &StageLimits::default(), WallTime::EPOCH);
    for id in ["one", "two"] {
        let client = client(id);
        assert_eq!(policy.evaluate(&client, &orders(), Instant::START), admitted(0));
        assert!(!is_admitted(policy.evaluate(&client, &orders(), Instant::START)));
        assert_eq!(
            policy.evaluate(&client, &items(), Instant::START),
            admitted(1),
            "the other bucket is untouched"
        );
    }
}

#[test]
fn methods_without_a_limit_of_their_own_share_the_clients_bucket() {
    let mut policy = crate::policy("1/hour", 2);
    for method in [items(), orders()] {
        assert!(is_admitted(policy.evaluate(&client("one"), &method, Instant::START)));
    }
    assert!(!is_admitted(policy.evaluate(&client("one"), &items(), Instant::START)));
}

#[test]
fn all_clients_share_the_stages_bucket_of_a_method() {
    let stage = StageLimits { throttle: Some(throttle("10/s", 1)), ..StageLimits::default() };
    let mut policy = RateLimitPolicy::new(&UsagePlan::new(throttle("10/s", 9)), &stage, WallTime::EPOCH);
    assert!(is_admitted(policy.evaluate(&client("one"), &items(), Instant::START)));
    let wait = Some(Duration::from_millis(100));
    let throttled = Decision::Throttled { by: Limit::Stage, next_token_in: wait };
    assert_eq!(policy.evaluate(&client("two"), &items(), Instant::START), throttled);
    assert!(
        is_admitted(policy.evaluate(&client("two"), &orders(), Instant::START)),
        "another method, another bucket"
    );
}

#[test]
fn a_method_can_have_another_limit_on_the_stage() {
    let stage = StageLimits {
        throttle: Some(throttle("1/hour", 1)),
        methods: [(orders(), throttle("1/hour", 3))].into(),
    };
    let mut policy = RateLimitPolicy::new(&UsagePlan::new(throttle("1/hour", 99)), &stage, WallTime::EPOCH);
    let mut passed = |method: &Method| {
        (0..9).filter(|_| is_admitted(policy.evaluate(&client("one"), method, Instant::START))).count()
    };
    assert_eq!((passed(&items()), passed(&orders())), (1, 3));
}

#[test]
fn a_method_that_asks_for_no_key_counts_against_the_stage_only() {
    let stage = StageLimits { throttle: Some(throttle("1/hour", 1)), ..StageLimits::default() };
    let mut policy = RateLimitPolicy::new(&UsagePlan::new(throttle("1/hour", 1)), &stage, WallTime::EPOCH);
    let preflight = Method::new("OPTIONS", "/items");
    assert_eq!(policy.evaluate_keyless(&preflight, Instant::START), None);
    let refused = policy.evaluate_keyless(&preflight, Instant::START);
    assert!(matches!(refused, Some(Decision::Throttled { by: Limit::Stage, .. })));
    assert!(is_admitted(policy.evaluate(&client("one"), &items(), Instant::START)));
}

#[test]
fn without_a_limit_on_the_stage_a_method_that_asks_for_no_key_always_passes() {
    let mut policy = crate::policy("0/s", 0);
    for _ in 0..1_000 {
        assert_eq!(policy.evaluate_keyless(&items(), Instant::START), None);
    }
}

#[test]
fn a_limit_is_written_as_rate_and_burst() {
    assert_eq!("10/s,20".parse(), Ok(throttle("10/s", 20)));
    let error = |text: &str| text.parse::<Throttle>().unwrap_err();
    assert_eq!(error("10/s"), ThrottleTextError::Malformed);
    assert_eq!(error("10/s,many"), ThrottleTextError::Malformed);
    assert!(matches!(error("fast,20"), ThrottleTextError::Rate(_)));
    assert!(matches!(error("1/day,4000000"), ThrottleTextError::Throttle(_)));
}

#[test]
fn a_method_is_written_as_verb_and_resource() {
    assert_eq!("POST /orders".parse(), Ok(orders()));
    assert_eq!(orders().to_string(), "POST /orders");
    for wrong in ["", "/orders", "POST", "POST orders", "post /orders", " /orders"] {
        assert!(wrong.parse::<Method>().is_err(), "{wrong}");
    }
}
