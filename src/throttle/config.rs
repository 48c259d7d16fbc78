use crate::time::Span;

/// What a scope may hold and how long it may make anyone wait. The defaults are those of the npm package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests on the wire at once.
    pub max_in_flight: u32,
    /// Sends of one request, the first included.
    pub max_attempts: u32,
    /// The longest pause that the queue waits out.
    pub max_pause: Span,
    /// Requests waiting at once.
    pub max_queue: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { max_in_flight: 16, max_attempts: 10, max_pause: Span::from_secs(300), max_queue: 1_000 }
    }
}

/// A usage plan, where it is known: a token bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Requests a second; above zero.
    pub rate: f64,
    /// Requests that a full bucket holds; at least one.
    pub burst: f64,
}
