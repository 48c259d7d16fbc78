//! The limits that a gateway can have.

use super::method::Method;
use super::quota::Quota;
use super::throttle::Throttle;
use std::collections::HashMap;

/// What each client may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsagePlan {
    /// The bucket of a client, for all methods that have none of their own.
    pub throttle: Throttle,
    /// Methods for which a client has a bucket of its own instead.
    pub methods: HashMap<Method, Throttle>,
    /// How many requests in all a client may make in a period.
    pub quota: Option<Quota>,
}

impl UsagePlan {
    /// A plan of one bucket for each client.
    #[must_use]
    pub fn new(throttle: Throttle) -> UsagePlan {
        UsagePlan { throttle, methods: HashMap::new(), quota: None }
    }

    /// The bucket that a client's requests to this method are counted in.
    #[must_use]
    pub fn throttle_of(&self, method: &Method) -> Throttle {
        self.methods.get(method).copied().unwrap_or(self.throttle)
    }
}

/// What all clients together may do: one bucket for each method. Unlike a usage plan's it also counts the methods
/// that ask for no key, such as a preflight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageLimits {
    /// The bucket of each method that has no other; Amazon's `*/*`.
    pub throttle: Option<Throttle>,
    /// Methods with another.
    pub methods: HashMap<Method, Throttle>,
}
