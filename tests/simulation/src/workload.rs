//! The calls of a page.

use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::rate::Rate;

/// The moments at which a client's page calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workload {
    /// This many calls at the same instant.
    AtOnce(u32),
    /// Independent calls at a mean rate.
    Poisson {
        /// The mean rate.
        rate: Rate,
        /// Duration.
        lasting: Span,
    },
    /// Evenly spaced calls.
    Steady {
        /// The number of calls.
        calls: u32,
        /// The rate.
        rate: Rate,
    },
}

impl Workload {
    /// The moments of the calls, in order.
    pub fn calls(&self, rng: &mut Rng) -> Vec<Instant> {
        match *self {
            Workload::AtOnce(calls) => vec![Instant::START; calls as usize],
            Workload::Poisson { rate, lasting } => {
                Poisson::new(rate, rng.fork()).take_while(|at| at.since(Instant::START) < lasting).collect()
            }
            Workload::Steady { calls, rate } => {
                let every = rate.interval();
                (0..calls)
                    .map(|n| Instant::START + Span::from_micros(every.as_micros() * u64::from(n)))
                    .collect()
            }
        }
    }
}

/// Independent arrivals, without an end.
#[derive(Debug, Clone)]
pub struct Poisson {
    rate: Rate,
    rng: Rng,
    last: Instant,
}

impl Poisson {
    /// Arrivals at this mean rate.
    #[must_use]
    pub fn new(rate: Rate, rng: Rng) -> Poisson {
        Poisson { rate, rng, last: Instant::START }
    }
}

impl Iterator for Poisson {
    type Item = Instant;

    fn next(&mut self) -> Option<Instant> {
        // 1 - [0, 1) is never zero, so the logarithm is finite.
        let gap = -(1.0 - self.rng.f64()).ln() / self.rate.as_per_second();
        self.last = self.last + Span::from_secs_ceil(gap);
        Some(self.last)
    }
}
