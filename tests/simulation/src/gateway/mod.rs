//! What the client may meet: every common kind of rate limit, each written for itself.
//!
//! None shares code with the client: a test double must not repeat the mistakes of what it tests.

mod retry_after;
mod schedule;
mod token_bucket;

pub use retry_after::RetryAfter;
pub use schedule::Schedule;
pub use token_bucket::TokenBucket;

use api_service_client::time::{Instant, Span};

/// Which client a request comes from: an API key, or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u32);

/// What a gateway makes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on to the backend.
    Admitted,
    /// The answer is a 429.
    Throttled {
        /// How long it would take until one more was admitted, if nothing else came and if the gateway can tell.
        wait: Option<Span>,
    },
}

/// A rate limit. Time goes forward: each `now` is at or after the one before.
pub trait Gateway {
    /// Decides about one request that arrives now.
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict;

    /// The first moment, from now on, at which a request of this client would be admitted if no other came before;
    /// `None` if that depends on when what is being processed ends.
    fn earliest(&self, now: Instant, client: ClientId) -> Option<Instant>;

    /// A request that was admitted has been processed.
    fn finished(&mut self, _now: Instant) {}

    /// How many requests of this client would be admitted now, with the fraction where there is one.
    fn room(&self, now: Instant, client: ClientId) -> f64;
}
