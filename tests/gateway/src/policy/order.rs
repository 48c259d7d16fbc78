//! The order in which a gateway checks a request.

use std::str::FromStr;

/// The first of the two checks: the rate limit or the authorizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Checks the limit first: a throttled request costs no authorization.
    #[default]
    RateLimitFirst,
    /// Checks the authorizer first, so that only authorized requests count against a usage plan. Amazon documents
    /// this order for Lambda authorizers.
    AuthorizerFirst,
}

/// A check that a request must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The API key, then the limits of its plan.
    UsagePlan,
    /// The authorizer.
    Authorizer,
}

/// The error for a text that is no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the order is rate-limit-first or authorizer-first")]
pub struct OrderError;

impl Order {
    /// The checks in order. The first that fails answers the request, and the rest do not run.
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
