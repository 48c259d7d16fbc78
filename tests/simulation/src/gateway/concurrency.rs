//! A concurrency limit.

use api_service_client::time::Instant;

use super::{ClientId, Gateway, Verdict};

/// A concurrency limit, which is no rate: a 429 for each request that arrives while the maximum is being processed.
///
/// All clients share it. It sends no `Retry-After`, since no one knows when a request ends.
#[derive(Debug, Clone)]
pub struct Concurrency {
    limit: u32,
    processing: u32,
}

impl Concurrency {
    /// Creates a limit with no request in progress.
    #[must_use]
    pub fn new(limit: u32) -> Concurrency {
        Concurrency { limit, processing: 0 }
    }
}

impl Gateway for Concurrency {
    fn decide(&mut self, _now: Instant, _client: ClientId) -> Verdict {
        if self.processing >= self.limit {
            return Verdict::Throttled { wait: None };
        }
        self.processing += 1;
        Verdict::Admitted
    }

    fn earliest(&self, now: Instant, _client: ClientId) -> Option<Instant> {
        (self.processing < self.limit).then_some(now)
    }

    fn room(&self, _now: Instant, _client: ClientId) -> f64 {
        f64::from(self.limit - self.processing)
    }

    fn finished(&mut self, _now: Instant) {
        self.processing = self.processing.saturating_sub(1);
    }
}
