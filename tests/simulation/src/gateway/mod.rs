//! What the client may meet: every common kind of rate limit, each written for itself.
//!
//! None shares code with the client: a test double must not repeat the mistakes of what it tests.

mod budget;
mod concurrency;
mod fixed_window;
mod gcra;
mod leaky_bucket;
mod retry_after;
mod schedule;
mod sliding_window;
mod token_bucket;

pub use budget::Budget;
pub use concurrency::Concurrency;
pub use fixed_window::FixedWindow;
pub use gcra::Gcra;
pub use leaky_bucket::LeakyBucket;
pub use retry_after::RetryAfter;
pub use schedule::Schedule;
pub use sliding_window::SlidingWindow;
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

    /// How many requests of this client would be admitted now, with the fraction where there is one.
    fn room(&self, now: Instant, client: ClientId) -> f64;

    /// A request that was admitted has been processed.
    fn finished(&mut self, _now: Instant) {}

    /// What an answer says in its RateLimit fields, where the gateway sends them.
    fn budget(&self, _now: Instant, _client: ClientId) -> Option<Budget> {
        None
    }
}
