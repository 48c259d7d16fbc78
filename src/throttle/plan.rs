/// A usage plan, where it is known: a token bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// Requests a second; above zero.
    pub rate: f64,
    /// Requests that a full bucket holds; at least one.
    pub burst: f64,
}
