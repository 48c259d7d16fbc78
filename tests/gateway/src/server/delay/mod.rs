//! The delay of an answer.

use std::time::Duration;

#[cfg(test)]
mod tests;

/// The round-trip time: evenly distributed over `latency` ± `jitter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delay {
    /// The mean delay.
    pub latency: Duration,
    /// The largest deviation from the mean.
    pub jitter: Duration,
}

impl Delay {
    /// Draws the delay of one answer, never below zero.
    pub(super) fn draw(self) -> Duration {
        let widest = self.jitter.saturating_mul(2);
        (self.latency + widest.mul_f64(fastrand::f64())).saturating_sub(self.jitter)
    }
}
