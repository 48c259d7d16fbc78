use api_service_client::time::Span;
use fastrand::Rng;

/// How long requests and answers travel, and how long the backend takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// A round trip, on average.
    pub mean: Span,
    /// How much shorter or longer it may be, evenly.
    pub spread: Span,
    /// How long the backend works on what the gateway admits.
    pub processing: Span,
}

/// One round trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trip {
    /// From the client to the gateway, which decides on arrival.
    pub there: Span,
    /// From the gateway, or the backend behind it, to the client.
    pub back: Span,
}

/// The gateway decides about halfway: the way there takes between these shares of the round trip.
const THERE: (f64, f64) = (0.4, 0.6);

impl Latency {
    /// `mean` ± `spread` milliseconds, and a backend that takes no time.
    #[must_use]
    pub const fn millis(mean: u64, spread: u64) -> Latency {
        Latency { mean: Span::from_millis(mean), spread: Span::from_millis(spread), processing: Span::ZERO }
    }

    /// One round trip, drawn.
    pub fn draw(&self, rng: &mut Rng) -> Trip {
        let total = self.mean - self.spread + self.spread.scaled(2.0 * rng.f64());
        let (least, most) = THERE;
        let there = total.scaled(least + (most - least) * rng.f64());
        Trip { there, back: total - there }
    }

    /// The quickest round trip that can be drawn, half of it there and half back.
    #[must_use]
    pub fn least(&self) -> Trip {
        Latency::halves(self.mean - self.spread)
    }

    /// A round trip of average length, half of it there and half back.
    #[must_use]
    pub fn average(&self) -> Trip {
        Latency::halves(self.mean)
    }

    fn halves(total: Span) -> Trip {
        let there = total.scaled(0.5);
        Trip { there, back: total - there }
    }
}
