//! The gateway itself: its settings, its limits, its ledger, and the clock they share.

use super::ledger::{Entry, Ledger, Line, Stats};
use super::settings::Settings;
use crate::answer::GatewayResponse;
use crate::policy::{Check, Client, Decision, Instant, RateLimitPolicy};
use axum::http::Method;
use axum::http::request::Parts;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Debug)]
pub(super) struct Gateway {
    /// What it was started with, and goes back to.
    initial: Settings,
    run: Mutex<Run>,
}

/// From the start, or a reset, to the next reset.
#[derive(Debug)]
struct Run {
    number: u64,
    started: std::time::Instant,
    settings: Arc<Settings>,
    policy: RateLimitPolicy,
    ledger: Ledger,
}

/// A request's entry in the ledger. One that arrived before a reset is none of the business of the run after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ticket {
    run: u64,
    line: Line,
}

/// A request that may not pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal {
    pub(super) response: GatewayResponse,
    /// How long until a throttled client has a token.
    pub(super) next_token_in: Option<Duration>,
}

impl From<GatewayResponse> for Refusal {
    fn from(response: GatewayResponse) -> Refusal {
        Refusal { response, next_token_in: None }
    }
}

/// What the checks came to.
pub(super) struct Checked {
    pub(super) ticket: Ticket,
    pub(super) settings: Arc<Settings>,
    pub(super) verdict: Result<(), Refusal>,
}

impl Run {
    fn new(number: u64, settings: Settings) -> Run {
        let policy = RateLimitPolicy::new(settings.plan);
        Run {
            number,
            started: std::time::Instant::now(),
            settings: Arc::new(settings),
            policy,
            ledger: Ledger::default(),
        }
    }

    fn write(&mut self, request: &Parts, client: String) -> Ticket {
        let entry = Entry {
            ms: Entry::millis(self.started.elapsed()),
            client,
            method: request.method.to_string(),
            path: request.uri.path().to_owned(),
            query: request.uri.query().unwrap_or_default().to_owned(),
            status: None,
        };
        Ticket { run: self.number, line: self.ledger.write(entry) }
    }
}

impl Gateway {
    pub(super) fn new(settings: Settings) -> Gateway {
        Gateway { initial: settings.clone(), run: Mutex::new(Run::new(0, settings)) }
    }

    pub(super) fn initial(&self) -> &Settings {
        &self.initial
    }

    /// Full buckets, no counts, time zero.
    pub(super) fn reset(&self, settings: Settings) {
        let mut run = self.lock();
        *run = Run::new(run.number + 1, settings);
    }

    /// Runs the checks in their order, and writes down what they came to.
    pub(super) fn check(&self, request: &Parts, source: IpAddr, known_route: bool) -> Checked {
        let settings = self.lock().settings.clone();
        let mut ticket = None;
        let verdict = self.verdict(request, source, known_route, &settings, &mut ticket);
        let mut run = self.lock();
        let ticket = ticket.unwrap_or_else(|| run.write(request, source.to_string()));
        if run.number == ticket.run && request.method != Method::OPTIONS {
            let stats = &mut run.ledger.stats;
            let count = match verdict {
                Ok(()) => &mut stats.admitted,
                Err(Refusal { response: GatewayResponse::Throttled, .. }) => &mut stats.throttled,
                Err(Refusal { response: GatewayResponse::Unauthorized, .. }) => &mut stats.unauthorized,
                Err(_) => &mut stats.forbidden,
            };
            *count += 1;
        }
        Checked { ticket, settings, verdict }
    }

    fn verdict(
        &self,
        request: &Parts,
        source: IpAddr,
        known_route: bool,
        settings: &Settings,
        ticket: &mut Option<Ticket>,
    ) -> Result<(), Refusal> {
        if !known_route {
            return Err(GatewayResponse::MissingAuthenticationToken.into());
        }
        // A preflight carries no key and no token, so its method asks for none, and counts against no plan.
        if request.method == Method::OPTIONS {
            return Ok(());
        }
        for check in settings.order.checks() {
            match check {
                Check::UsagePlan => {
                    let key = request.headers.get("x-api-key").and_then(|value| value.to_str().ok());
                    let client =
                        settings.api_keys.identify(key, source).ok_or(GatewayResponse::InvalidApiKey)?;
                    self.take_token(request, &client, ticket)?;
                }
                Check::Authorizer if settings.authorizer.allows(&request.headers) => {}
                Check::Authorizer => return Err(GatewayResponse::Unauthorized.into()),
            }
        }
        Ok(())
    }

    /// Decides and writes in one go, so that the log has the decisions in the order in which they were made.
    fn take_token(
        &self,
        request: &Parts,
        client: &Client,
        ticket: &mut Option<Ticket>,
    ) -> Result<(), Refusal> {
        let mut run = self.lock();
        let now = Instant::after(run.started.elapsed());
        let decision = run.policy.evaluate(client, now);
        *ticket = Some(run.write(request, client.to_string()));
        match decision {
            Decision::Admitted { .. } => Ok(()),
            Decision::Throttled { next_token_in } => {
                Err(Refusal { response: GatewayResponse::Throttled, next_token_in })
            }
        }
    }

    pub(super) fn reached_backend(&self, ticket: Ticket) {
        let mut run = self.lock();
        if run.number == ticket.run {
            run.ledger.stats.backend += 1;
        }
    }

    pub(super) fn answered(&self, ticket: Ticket, status: u16) {
        let mut run = self.lock();
        if run.number == ticket.run {
            run.ledger.answered(ticket.line, status);
        }
    }

    pub(super) fn stats(&self) -> Stats {
        self.lock().ledger.stats
    }

    pub(super) fn log(&self) -> Vec<Entry> {
        self.lock().ledger.entries()
    }

    fn lock(&self) -> MutexGuard<'_, Run> {
        // Nothing here is left half done by a panic, so a poisoned lock is as good as any.
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
