//! Limits that change while the gateway runs.

use crate::running::{Running, hourly};
use mock_gateway::server::Template;

/// A template with this plan.
fn template(throttle: &str, quota: &str) -> Template {
    let text = format!(
        "Resources: {{ Plan: {{ Type: 'AWS::ApiGateway::UsagePlan', Properties: {{ Throttle: {{ {throttle} }}{quota} }} }} }}"
    );
    Template::read(&text, None).unwrap()
}

fn statuses<const N: usize>(gateway: &Running) -> [u16; N] {
    [0; N].map(|_| gateway.call(&[]).status())
}

#[test]
fn another_plan_counts_from_then_on_and_after_a_reset() {
    let gateway = Running::start(hourly(1));
    assert_eq!(statuses(&gateway), [200, 429]);
    gateway.reloader.follow(template("RateLimit: 0.001, BurstLimit: 2", "")).unwrap();
    assert_eq!(statuses(&gateway), [200, 200, 429]);
    gateway.reset("");
    assert_eq!(statuses(&gateway), [200, 200, 429]);
}

#[test]
fn what_was_counted_stays() {
    let gateway = Running::start(hourly(1));
    gateway.call(&[]);
    gateway.reloader.follow(template("RateLimit: 0.001, BurstLimit: 2", "")).unwrap();
    gateway.call(&[]);
    assert_eq!((gateway.log().len(), gateway.stats()["backend"].as_u64()), (2, Some(2)));
}

#[test]
fn a_bucket_whose_limit_is_the_same_keeps_what_is_in_it() {
    let gateway = Running::start(hourly(1));
    let limit = "RateLimit: 0.001, BurstLimit: 2";
    gateway.reloader.follow(template(limit, "")).unwrap();
    assert_eq!(statuses(&gateway), [200, 200, 429]);
    gateway.reloader.follow(template(limit, ", Quota: { Limit: 9, Period: DAY }")).unwrap();
    assert_eq!(statuses(&gateway), [429], "a reload does not refill a bucket whose limit stays the same");
}

#[test]
fn what_is_used_up_of_a_quota_stays_used_up() {
    let gateway = Running::start(hourly(9));
    let limit = "RateLimit: 0.001, BurstLimit: 9";
    gateway.reloader.follow(template(limit, ", Quota: { Limit: 2, Period: MONTH }")).unwrap();
    assert_eq!(statuses(&gateway), [200, 200, 429]);
    gateway.reloader.follow(template(limit, ", Quota: { Limit: 3, Period: MONTH }")).unwrap();
    assert_eq!(statuses(&gateway), [200, 429]);
}

#[test]
fn what_is_at_odds_with_itself_changes_nothing() {
    let gateway = Running::start(hourly(1));
    let mut at_odds = template("RateLimit: 9, BurstLimit: 9", "");
    for method in ["GET /a/{b}", "GET /a/{c}"] {
        let throttle = at_odds.plan.throttle;
        at_odds.plan.methods.insert(method.parse().unwrap(), throttle);
    }
    assert!(gateway.reloader.follow(at_odds).is_err());
    assert_eq!(statuses(&gateway), [200, 429]);
}
