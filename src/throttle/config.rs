//! The limits that a caller sets.

use crate::time::Span;

/// The limits of a scope. The defaults are those of the npm package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of requests in flight.
    pub max_in_flight: u32,
    /// The maximum number of attempts for one request, the first included.
    pub max_attempts: u32,
    /// The longest pause for which requests stay queued.
    pub max_pause: Span,
    /// The maximum number of queued requests.
    pub max_queue: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { max_in_flight: 16, max_attempts: 10, max_pause: Span::from_secs(300), max_queue: 1_000 }
    }
}

/// A usage plan that the caller knows: the gateway's token bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The refill rate in requests a second, above zero.
    pub rate: f64,
    /// The capacity of the bucket in requests, at least one.
    pub burst: f64,
}
