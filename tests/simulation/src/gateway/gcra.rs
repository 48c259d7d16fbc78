//! The generic cell rate algorithm.

use std::collections::BTreeMap;

use api_service_client::time::{Instant, Span};

use super::{ClientId, Gateway, Verdict};
use crate::rate::Plan;

/// The generic cell rate algorithm (ITU-T I.371, virtual scheduling), as in tower_governor.
///
/// For each client it stores the theoretical arrival time of the next request at even spacing.
#[derive(Debug, Clone)]
pub struct Gcra {
    interval: Span,
    /// The time by which a request may come before its theoretical arrival time.
    tolerance: Span,
    expected: BTreeMap<ClientId, Instant>,
}

impl Gcra {
    /// Creates a limit without any request so far.
    #[must_use]
    pub fn new(plan: Plan) -> Gcra {
        let interval = plan.rate.interval();
        let ahead = u64::from(plan.burst.saturating_sub(1));
        let tolerance = Span::from_micros(interval.as_micros().saturating_mul(ahead));
        Gcra { interval, tolerance, expected: BTreeMap::new() }
    }

    fn expected(&self, now: Instant, client: ClientId) -> Instant {
        self.expected.get(&client).map_or(now, |expected| now.max(*expected))
    }

    fn wait(&self, now: Instant, client: ClientId) -> Span {
        self.expected(now, client).since(now) - self.tolerance
    }
}

impl Gateway for Gcra {
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict {
        let wait = self.wait(now, client);
        if wait > Span::ZERO {
            return Verdict::Throttled { wait: Some(wait) };
        }
        let next = self.expected(now, client) + self.interval;
        self.expected.insert(client, next);
        Verdict::Admitted
    }

    fn earliest(&self, now: Instant, client: ClientId) -> Option<Instant> {
        Some(now + self.wait(now, client))
    }

    fn room(&self, now: Instant, client: ClientId) -> f64 {
        let ahead = self.expected(now, client).since(now);
        (self.tolerance + self.interval - ahead).as_secs() / self.interval.as_secs()
    }
}
