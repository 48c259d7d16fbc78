//! How long an answer takes.

use std::time::Duration;

#[cfg(test)]
mod tests;

/// The way there and back: `latency`, give or take as much as `jitter`, evenly spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delay {
    /// The middle.
    pub latency: Duration,
    /// The most that one answer is away from it.
    pub jitter: Duration,
}

impl Delay {
    /// One answer's share, never less than nothing.
    pub(super) fn draw(self) -> Duration {
        let widest = self.jitter.saturating_mul(2);
        (self.latency + widest.mul_f64(fastrand::f64())).saturating_sub(self.jitter)
    }
}
