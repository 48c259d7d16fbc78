//! The latency of the network and the backend.

use api_service_client::time::Span;
use fastrand::Rng;

/// The travel times of requests and answers, and the processing time of the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// The mean round trip.
    pub mean: Span,
    /// The largest deviation from the mean; evenly distributed.
    pub spread: Span,
    /// The processing time of an admitted request.
    pub processing: Span,
}

/// One round trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trip {
    /// From the client to the gateway, which decides on arrival.
    pub there: Span,
    /// From the gateway or the backend to the client.
    pub back: Span,
}

/// The smallest and largest part of the round trip that lies before the gateway's decision.
const THERE: (f64, f64) = (0.4, 0.6);

impl Latency {
    /// `mean` ± `spread` in milliseconds, with a backend that takes no time.
    #[must_use]
    pub const fn millis(mean: u64, spread: u64) -> Latency {
        Latency { mean: Span::from_millis(mean), spread: Span::from_millis(spread), processing: Span::ZERO }
    }

    /// Draws a round trip.
    pub fn draw(&self, rng: &mut Rng) -> Trip {
        let total = self.mean - self.spread + self.spread.scaled(2.0 * rng.f64());
        let (least, most) = THERE;
        let there = total.scaled(least + (most - least) * rng.f64());
        Trip { there, back: total - there }
    }

    /// The shortest round trip, half of it each way.
    #[must_use]
    pub fn least(&self) -> Trip {
        Latency::halves(self.mean - self.spread)
    }

    /// The mean round trip, half of it each way.
    #[must_use]
    pub fn average(&self) -> Trip {
        Latency::halves(self.mean)
    }

    fn halves(total: Span) -> Trip {
        let there = total.scaled(0.5);
        Trip { there, back: total - there }
    }
}
