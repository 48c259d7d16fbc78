//! A sliding window.

use std::collections::BTreeMap;

use api_service_client::time::{Instant, Span};

use super::{ClientId, Gateway, Verdict};

/// A sliding window, as HAProxy's `http_req_rate` estimates it: the requests of the current period, plus those of the
/// previous one weighted by its part that the sliding period still covers.
///
/// Refused requests count too, so a client that keeps sending stays refused.
#[derive(Debug, Clone)]
pub struct SlidingWindow {
    limit: u32,
    period: Span,
    counters: BTreeMap<ClientId, Counter>,
}

#[derive(Debug, Clone, Copy)]
struct Counter {
    began: Instant,
    current: u64,
    past: u64,
}

impl SlidingWindow {
    /// Creates a limit without any request so far.
    #[must_use]
    pub fn new(limit: u32, period: Span) -> SlidingWindow {
        SlidingWindow { limit, period, counters: BTreeMap::new() }
    }

    fn counter(&self, now: Instant, client: ClientId) -> Counter {
        match self.counters.get(&client) {
            Some(counter) if now < counter.began + self.period => *counter,
            Some(counter) if now < counter.began + self.period + self.period => {
                Counter { began: counter.began + self.period, current: 0, past: counter.current }
            }
            _ => Counter { began: now, current: 0, past: 0 },
        }
    }

    /// The estimate in requests × microseconds of the period, which is a whole number.
    fn weight(&self, counter: Counter, now: Instant) -> u64 {
        let left = self.period - now.since(counter.began);
        counter.current * self.period.as_micros() + counter.past * left.as_micros()
    }

    fn most(&self) -> u64 {
        u64::from(self.limit) * self.period.as_micros()
    }
}

impl Gateway for SlidingWindow {
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict {
        let mut counter = self.counter(now, client);
        counter.current += 1;
        self.counters.insert(client, counter);
        if self.weight(counter, now) <= self.most() {
            return Verdict::Admitted;
        }
        Verdict::Throttled { wait: self.earliest(now, client).map(|at| at.since(now)) }
    }

    fn earliest(&self, now: Instant, client: ClientId) -> Option<Instant> {
        let mut at = now;
        loop {
            let counter = self.counter(at, client);
            let period = self.period.as_micros();
            let end = counter.began + self.period;
            // The weight that the previous period may have beside the current requests and one more.
            let Some(spare) = self.most().checked_sub((counter.current + 1) * period) else {
                if self.limit == 0 {
                    return None;
                }
                at = end;
                continue;
            };
            let Some(left) = spare.checked_div(counter.past) else { return Some(at) };
            let from = counter.began + (self.period - Span::from_micros(left));
            return Some(from.max(at));
        }
    }

    fn room(&self, now: Instant, client: ClientId) -> f64 {
        let spare = self.most().saturating_sub(self.weight(self.counter(now, client), now));
        spare as f64 / self.period.as_micros() as f64
    }
}
