//! The rate limits that a client can meet, one implementation for each common kind.
//!
//! They share no code with the client: a test double must not repeat the mistakes of what it tests.

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

/// The client that a request comes from: an API key, or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u32);

/// The gateway's decision about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The request goes on to the backend.
    Admitted,
    /// The answer is a 429.
    Throttled {
        /// Time until one more request is admitted, provided that none comes before; `None` if the gateway cannot
        /// know it.
        wait: Option<Span>,
    },
}

/// A rate limit. Calls come in order of time: `now` never decreases.
pub trait Gateway {
    /// Decides about a request that arrives at `now`.
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict;

    /// The first moment from `now` on at which a request of this client is admitted, provided that none comes before.
    ///
    /// `None` if the moment depends on the end of a request in progress.
    fn earliest(&self, now: Instant, client: ClientId) -> Option<Instant>;

    /// The number of this client's requests that would be admitted at `now`, with a fraction for a token bucket.
    fn room(&self, now: Instant, client: ClientId) -> f64;

    /// Records the end of an admitted request.
    fn finished(&mut self, _now: Instant) {}

    /// The RateLimit fields of an answer, if the gateway sends them.
    fn budget(&self, _now: Instant, _client: ClientId) -> Option<Budget> {
        None
    }
}
