//! The limits of a gateway.

use super::method::Method;
use super::quota::Quota;
use super::throttle::Throttle;
use std::collections::HashMap;

/// The limits of each client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsagePlan {
    /// The client's bucket for all methods without a bucket of their own.
    pub throttle: Throttle,
    /// Methods with a bucket of their own.
    pub methods: HashMap<Method, Throttle>,
    /// The total requests of a client in a period.
    pub quota: Option<Quota>,
}

impl UsagePlan {
    /// A plan with one bucket for each client.
    #[must_use]
    pub fn new(throttle: Throttle) -> UsagePlan {
        UsagePlan { throttle, methods: HashMap::new(), quota: None }
    }

    /// The bucket that counts a client's requests to this method.
    #[must_use]
    pub fn throttle_of(&self, method: &Method) -> Throttle {
        self.methods.get(method).copied().unwrap_or(self.throttle)
    }
}

/// The limits of all clients together: one bucket for each method.
///
/// Unlike a usage plan, a stage also counts methods that require no key, such as preflights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageLimits {
    /// The bucket of each method that is not in `methods`; Amazon's `*/*`.
    pub throttle: Option<Throttle>,
    /// Methods with a different bucket.
    pub methods: HashMap<Method, Throttle>,
}
