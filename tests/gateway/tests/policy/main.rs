//! The decisions, in virtual time.

mod answers;
mod clients;
mod rate;
mod token_bucket;

use mock_gateway::policy::{Client, RateLimitPolicy, Throttle};

fn policy(rate: &str, burst: u32) -> RateLimitPolicy {
    RateLimitPolicy::new(throttle(rate, burst))
}

fn throttle(rate: &str, burst: u32) -> Throttle {
    Throttle::new(rate.parse().unwrap(), burst).unwrap()
}

fn client(id: &str) -> Client {
    Client::ApiKey(id.into())
}
