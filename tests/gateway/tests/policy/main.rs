//! The decisions, in virtual time.

mod answers;
mod clients;
mod limits;
mod quota;
mod rate;
mod rate_limit_fields;
mod resources;
mod token_bucket;

use mock_gateway::policy::{
    Client, Decision, Method, RateLimitPolicy, StageLimits, Throttle, UsagePlan, WallTime,
};

fn policy(rate: &str, burst: u32) -> RateLimitPolicy {
    of(&UsagePlan::new(throttle(rate, burst)))
}

fn throttle(rate: &str, burst: u32) -> Throttle {
    Throttle::new(rate.parse().unwrap(), burst).unwrap()
}

fn of(plan: &UsagePlan) -> RateLimitPolicy {
    RateLimitPolicy::new(plan, &StageLimits::default(), WallTime::EPOCH)
}

/// A method for tests in which the method does not matter.
fn items() -> Method {
    Method::new("GET", "/items")
}

fn is_admitted(decision: Decision) -> bool {
    matches!(decision, Decision::Admitted { .. })
}

/// The decision that admits a request under a plan without a quota.
fn admitted(remaining: u32) -> Decision {
    Decision::Admitted { remaining, quota_remaining: None }
}

fn client(id: &str) -> Client {
    Client::ApiKey(id.into())
}
