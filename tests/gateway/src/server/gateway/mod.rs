//! The gateway: its settings, its limits, its ledger, and their clock.

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
    /// The settings of the start, which a reset returns to.
    initial: Mutex<Settings>,
    run: Mutex<Run>,
    metrics: Metrics,
}

/// The settings in force.
#[derive(Debug)]
pub(super) struct Config {
    pub(super) settings: Settings,
    pub(super) resources: Resources,
}

/// The state between two resets.
#[derive(Debug)]
struct Run {
    number: u64,
    started: std::time::Instant,
    config: Arc<Config>,
    policy: RateLimitPolicy,
    ledger: Ledger,
    faults: Pending,
}

/// A request's entry in the ledger. After a reset, entries of earlier requests are ignored.
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

    /// Resets the run: full buckets, no counts, time zero.
    pub(super) fn reset(&self, settings: Settings) -> Result<(), ResourceError> {
        let mut run = self.lock();
        *run = Run::new(run.number + 1, settings)?;
        Ok(())
    }

    /// Replaces the settings, also those that a reset returns to. Counts stay, and so do the tokens of each bucket
    /// whose limit stays the same.
    pub(super) fn reload(&self, settings: Settings) -> Result<(), ResourceError> {
        let resources = settings.resources()?;
        let mut run = self.lock();
        run.policy.change(&settings.plan, &settings.stage);
        run.config = Arc::new(Config { resources, settings: settings.clone() });
        *self.initial.lock().unwrap_or_else(PoisonError::into_inner) = settings;
        Ok(())
    }

    /// Evaluates the limits. The decision and its entry are made under one lock, so that the log has the order of the
    /// decisions.
    pub(super) fn decide(&self, request: &Parts, client: &Client, method: &Method) -> (Decision, Ticket) {
        let mut run = self.lock();
        let now = Instant::after(run.started.elapsed());
        let decision = run.policy.evaluate(client, method, now);
        self.metrics.decided(run.started.elapsed().saturating_sub(now.since_start()));
        (decision, run.write(request, client))
    }

    /// Evaluates the limits for a method that requires no key.
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

    /// Counts the result of the checks.
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

    /// The fault for a request of this run, if any.
    pub(super) fn next_fault(&self, ticket: Ticket) -> Option<Fault> {
        let mut run = self.lock();
        if run.number == ticket.run { run.faults.next() } else { None }
    }

    pub(super) fn add_faults(&self, faults: Faults) {
        self.lock().faults.add(faults);
    }

    /// Counts a call of the authorizer. `ticket` is `None` if the authorizer comes before the limits.
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

    /// Records an answer. `status` is `None` if the connection is reset instead.
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
        // A panic leaves no state half written here, so a poisoned lock is usable.
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn wall_now() -> WallTime {
    WallTime::from_epoch(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default())
}
