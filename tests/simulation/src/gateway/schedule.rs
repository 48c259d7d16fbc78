//! A token bucket whose plan changes.

use std::collections::VecDeque;

use api_service_client::time::{Instant, Span};

use super::{ClientId, Gateway, TokenBucket, Verdict};
use crate::rate::Plan;

/// A token bucket whose plan changes during the run.
#[derive(Debug, Clone)]
pub struct Schedule {
    bucket: TokenBucket,
    changes: VecDeque<(Instant, Plan)>,
}

impl Schedule {
    /// Creates a full bucket with its first plan.
    #[must_use]
    pub fn new(plan: Plan) -> Schedule {
        Schedule { bucket: TokenBucket::new(plan), changes: VecDeque::new() }
    }

    /// Adds a plan that applies from `secs` seconds on. Calls are in order of time.
    #[must_use]
    pub fn then(mut self, secs: u64, plan: Plan) -> Schedule {
        self.changes.push_back((Instant::START + Span::from_secs(secs), plan));
        self
    }

    fn advance(&mut self, now: Instant) {
        while let Some((at, plan)) = self.changes.front().copied().filter(|(at, _)| *at <= now) {
            self.bucket.change(at, plan);
            self.changes.pop_front();
        }
    }

    fn advanced(&self, now: Instant) -> Schedule {
        let mut later = self.clone();
        later.advance(now);
        later
    }
}

impl Gateway for Schedule {
    fn decide(&mut self, now: Instant, client: ClientId) -> Verdict {
        self.advance(now);
        match self.bucket.decide(now, client) {
            Verdict::Admitted => Verdict::Admitted,
            Verdict::Throttled { .. } => {
                Verdict::Throttled { wait: self.earliest(now, client).map(|at| at.since(now)) }
            }
        }
    }

    fn earliest(&self, now: Instant, client: ClientId) -> Option<Instant> {
        let mut later = self.advanced(now);
        let mut from = now;
        loop {
            let at = later.bucket.earliest(from, client);
            match later.changes.front().copied() {
                Some((change, _)) if at.is_none_or(|at| at >= change) => {
                    later.advance(change);
                    from = change;
                }
                _ => return at,
            }
        }
    }

    fn room(&self, now: Instant, client: ClientId) -> f64 {
        self.advanced(now).bucket.room(now, client)
    }
}
