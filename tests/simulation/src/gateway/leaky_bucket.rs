//! nginx's leaky bucket.

use api_service_client::time::{Instant, Span};

use super::{ClientId, Gateway, Verdict};
use crate::rate::Rate;

/// nginx's `limit_req` without a burst: a request is refused if it follows the last admitted one sooner than the rate
/// allows.
///
/// Even a client that keeps to the rate is refused when the network brings two requests together. All clients share
/// the limit. nginx answers with a 503 unless `limit_req_status 429` is set, and sends no `Retry-After`.
#[derive(Debug, Clone)]
pub struct LeakyBucket {
    interval: Span,
    /// The moment at which the last admitted request has leaked away.
    empty_at: Instant,
}

impl LeakyBucket {
    /// Creates an empty bucket.
    #[must_use]
    pub fn new(rate: Rate) -> LeakyBucket {
        LeakyBucket { interval: rate.interval(), empty_at: Instant::START }
    }
}

impl Gateway for LeakyBucket {
    fn decide(&mut self, now: Instant, _client: ClientId) -> Verdict {
        if now < self.empty_at {
            return Verdict::Throttled { wait: Some(self.empty_at.since(now)) };
        }
        self.empty_at = now + self.interval;
        Verdict::Admitted
    }

    fn earliest(&self, now: Instant, _client: ClientId) -> Option<Instant> {
        Some(now.max(self.empty_at))
    }

    fn room(&self, now: Instant, _client: ClientId) -> f64 {
        1.0 - self.empty_at.since(now).as_secs() / self.interval.as_secs()
    }
}
