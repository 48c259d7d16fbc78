//! In which order a gateway checks a request.

use std::str::FromStr;

/// Which comes first: the rate limit or the authorizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The limit first: a throttled request costs no authorization.
    #[default]
    RateLimitFirst,
    /// As Amazon documents it for Lambda authorizers: only authorized requests count against a usage plan.
    AuthorizerFirst,
}

/// A check that a request has to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The API key, then the limits of its plan.
    UsagePlan,
    /// The authorizer.
    Authorizer,
}

/// Not an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the order is rate-limit-first or authorizer-first")]
pub struct OrderError;

impl Order {
    /// The checks, one after the other. The first that fails answers; those after it do not run.
    #[must_use]
    pub const fn checks(self) -> [Check; 2] {
        match self {
            Order::RateLimitFirst => [Check::UsagePlan, Check::Authorizer],
            Order::AuthorizerFirst => [Check::Authorizer, Check::UsagePlan],
        }
    }
}

impl FromStr for Order {
    type Err = OrderError;
    fn from_str(text: &str) -> Result<Order, OrderError> {
        match text {
            "rate-limit-first" => Ok(Order::RateLimitFirst),
            "authorizer-first" => Ok(Order::AuthorizerFirst),
            _ => Err(OrderError),
        }
    }
}
