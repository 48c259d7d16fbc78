//! How a gateway is set up.

use super::authorizer::Authorizer;
use super::delay::Delay;
use crate::answer::RetryAfter;
use crate::policy::{ApiKeys, Order, Throttle};

/// Everything that can be told a gateway.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The usage plan: each client has a bucket of this size.
    pub plan: Throttle,
    /// The keys it knows. With none it asks for none, and each address has a bucket.
    pub api_keys: ApiKeys,
    /// Who else may pass.
    pub authorizer: Authorizer,
    /// Whether the limit or the authorizer is asked first.
    pub order: Order,
    /// What `Retry-After` a throttled request is answered with.
    pub retry_after: RetryAfter,
    /// Whether the gateway's own errors can be read from other origins. At Amazon they cannot, unless set up so.
    pub error_cors: bool,
    /// How long every answer takes.
    pub delay: Delay,
}
