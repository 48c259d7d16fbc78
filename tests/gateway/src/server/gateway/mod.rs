//! The gateway itself: its settings, its limits, its ledger, and the clock they share.

use super::checks::Trail;
use super::fault::{Fault, Faults, Pending};
use super::ledger::{Entry, Ledger, Line, Stats};
use super::metrics::Metrics;
use super::outcome::Outcome;
use super::settings::Settings;
use crate::answer::GatewayResponse;
use crate::policy::{Client, Decision, Instant, Method, RateLimitPolicy, ResourceError, Resources, WallTime};
use axum::http;
use axum::http::request::Parts;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

#[cfg(test)]
mod tests;

#[derive(Debug)]
pub(super) struct Gateway {
    /// What it was started with, and goes back to.
    initial: Mutex<Settings>,
    run: Mutex<Run>,
    metrics: Metrics,
}

/// Settings that are in force.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) settings: Settings,
    pub(super) resources: Resources,
}

/// From the start, or a reset, to the next reset.
#[derive(Debug)]
struct Run {
    number: u64,
    started: std::time::Instant,
    config: Arc<Config>,
    policy: RateLimitPolicy,
    ledger: Ledger,
    faults: Pending,
}

/// A request's entry in the ledger. One that arrived before a reset is none of the business of the run after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticket {
    run: u64,
    line: Line,
}

impl Run {
    fn new(number: u64, settings: Settings) -> Result<Run, ResourceError> {
        Ok(Run {
            number,
            started: std::time::Instant::now(),
            policy: RateLimitPolicy::new(&settings.plan, &settings.stage, wall_now()),
            config: Arc::new(Config { resources: settings.resources()?, settings }),
            ledger: Ledger::default(),
            faults: Pending::default(),
        })
    }

    fn write(&mut self, request: &Parts, client: &Client) -> Ticket {
        let entry = Entry {
            ms: Entry::millis(self.started.elapsed()),
            client: client.to_string(),
            method: request.method.to_string(),
            path: Entry::kept(request.uri.path()),
            query: Entry::kept(request.uri.query().unwrap_or_default()),
            status: None,
        };
        Ticket { run: self.number, line: self.ledger.write(entry) }
    }
}

impl Gateway {
    pub(super) fn new(settings: Settings) -> Result<Gateway, ResourceError> {
        Ok(Gateway {
            initial: Mutex::new(settings.clone()),
            run: Mutex::new(Run::new(0, settings)?),
            metrics: Metrics::new(),
        })
    }

    pub(super) fn initial(&self) -> Settings {
        self.initial.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn config(&self) -> Arc<Config> {
        self.lock().config.clone()
    }

    /// Full buckets, no counts, time zero.
    pub(super) fn reset(&self, settings: Settings) -> Result<(), ResourceError> {
        let mut run = self.lock();
        *run = Run::new(run.number + 1, settings)?;
        Ok(())
    }

    /// Other settings from now on, to go back to as well. What was counted stays, and so does what is in each bucket
    /// whose limit is the same.
    pub(super) fn reload(&self, settings: Settings) -> Result<(), ResourceError> {
        let resources = settings.resources()?;
        let mut run = self.lock();
        run.policy.change(&settings.plan, &settings.stage);
        run.config = Arc::new(Config { resources, settings: settings.clone() });
        *self.initial.lock().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// Asks the limits. Decides and writes in one go, so that the log has the decisions in the order in which they
    /// were made.
    pub(super) fn decide(&self, request: &Parts, client: &Client, method: &Method) -> (Decision, Ticket) {
        let mut run = self.lock();
        let now = Instant::after(run.started.elapsed());
        let decision = run.policy.evaluate(client, method, now);
        self.metrics.decided(run.started.elapsed().saturating_sub(now.since_start()));
        (decision, run.write(request, client))
    }

    /// Asks the limits about a request to a method that asks for no key.
    pub(super) fn decide_keyless(
        &self,
        request: &Parts,
        client: &Client,
        method: &Method,
    ) -> (Option<Decision>, Ticket) {
        let mut run = self.lock();
        let now = Instant::after(run.started.elapsed());
        let refused = run.policy.evaluate_keyless(method, now);
        (refused, run.write(request, client))
    }

    /// Counts what the checks came to.
    pub(super) fn settle(
        &self,
        request: &Parts,
        trail: &Trail,
        verdict: Result<(), GatewayResponse>,
    ) -> Ticket {
        let mut run = self.lock();
        let ticket = trail.ticket.unwrap_or_else(|| run.write(request, &trail.client));
        if request.method != http::Method::OPTIONS {
            let outcome = Outcome::of(verdict);
            self.metrics.checked(outcome);
            if run.number == ticket.run {
                run.ledger.stats.count(outcome);
            }
        }
        ticket
    }

    /// The fault that a request of this run meets, if any.
    pub(super) fn next_fault(&self, ticket: Ticket) -> Option<Fault> {
        let mut run = self.lock();
        if run.number == ticket.run { run.faults.next() } else { None }
    }

    pub(super) fn add_faults(&self, faults: Faults) {
        self.lock().faults.add(faults);
    }

    /// The authorizer is asked now; without a ticket where it is asked before the limits.
    pub(super) fn reached_authorizer(&self, ticket: Option<Ticket>) {
        let mut run = self.lock();
        if ticket.is_none_or(|ticket| run.number == ticket.run) {
            run.ledger.stats.authorizer += 1;
        }
    }

    pub(super) fn reached_backend(&self, ticket: Ticket) {
        let mut run = self.lock();
        if run.number == ticket.run {
            run.ledger.stats.backend += 1;
        }
    }

    /// The answer goes out now; without a status where the connection is cut instead.
    pub(super) fn answered(&self, ticket: Ticket, status: Option<u16>, took: Duration) {
        self.metrics.answered(took);
        let mut run = self.lock();
        if let Some(status) = status.filter(|_| run.number == ticket.run) {
            run.ledger.answered(ticket.line, status);
        }
    }

    pub(super) fn stats(&self) -> Stats {
        self.lock().ledger.stats
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(super) fn log(&self) -> Vec<Entry> {
        self.lock().ledger.entries()
    }

    fn lock(&self) -> MutexGuard<'_, Run> {
        // Nothing here is left half done by a panic, so a poisoned lock is as good as any.
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn wall_now() -> WallTime {
    WallTime::from_epoch(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default())
}
