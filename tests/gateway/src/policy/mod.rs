//! Decides: who may pass, and when. No clock, no socket, no randomness: time comes in as an argument.

mod buckets;
mod client;
mod decision;
mod order;
mod rate;
mod throttle;
mod time;

pub use client::{ApiKeys, Client};
pub use decision::Decision;
pub use order::{Check, Order, OrderError};
pub use rate::{Rate, RateError};
pub use throttle::{Throttle, ThrottleError};
pub use time::Instant;

use buckets::{Buckets, Empty};

/// The limits of a usage plan, and how much of them each client has used.
///
/// ```
/// use mock_gateway::policy::{Client, Decision, Instant, Rate, RateLimitPolicy, Throttle};
/// use std::time::Duration;
///
/// let plan = Throttle::new("100/min".parse::<Rate>()?, 1)?;
/// let mut policy = RateLimitPolicy::new(plan);
/// let client = Client::ApiKey("key-1".into());
/// let now = Instant::START;
///
/// assert_eq!(policy.evaluate(&client, now), Decision::Admitted { remaining: 0 });
/// let wait = Duration::from_millis(600);
/// assert_eq!(policy.evaluate(&client, now), Decision::Throttled { next_token_in: Some(wait) });
/// assert_eq!(policy.evaluate(&client, now + wait), Decision::Admitted { remaining: 0 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct RateLimitPolicy {
    clients: Buckets<Client>,
}

impl RateLimitPolicy {
    /// This plan, with every client's bucket full.
    #[must_use]
    pub fn new(plan: Throttle) -> RateLimitPolicy {
        RateLimitPolicy { clients: Buckets::new(plan) }
    }

    /// Whether a request of this client may pass now; if it may, it has taken a token.
    pub fn evaluate(&mut self, client: &Client, now: Instant) -> Decision {
        match self.clients.take(client, now) {
            Ok(remaining) => Decision::Admitted { remaining },
            Err(Empty { next_token_in }) => Decision::Throttled { next_token_in },
        }
    }

    /// How many clients are remembered: those whose bucket is not full, and at most as many again.
    #[must_use]
    pub fn remembered_clients(&self) -> usize {
        self.clients.len()
    }
}
