//! A page with a client, its timer and its observer.

use api_service_client::throttle::{ScopeSnapshot, Ticket};
use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Answer, Client, Effect, RequestId, Setup};
use crate::invariants::Invariants;

/// A client with its timer, and an observer that checks the rules.
#[derive(Debug)]
pub struct Page {
    client: Client,
    watch: Invariants,
    timer: Option<Timer>,
    timers_set: u64,
}

/// A setting of a timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    /// The moment at which it fires.
    pub at: Instant,
    /// The number of this setting. A timer that was set again does not fire.
    pub number: u64,
}

impl Page {
    /// Creates a page without any event so far. The generator provides the client's jitter.
    #[must_use]
    pub fn new(setup: &Setup, rng: Rng) -> Page {
        let watch = Invariants::new(setup.max_in_flight);
        Page { client: Client::new(setup, rng), watch, timer: None, timers_set: 0 }
    }

    /// Makes a call. Returns the client's actions.
    pub fn call(&mut self, now: Instant, request: RequestId) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.called(request);
        self.client.call(now, request, &mut effects);
        effects
    }

    /// Receives an answer.
    pub fn answer(
        &mut self,
        now: Instant,
        ticket: Ticket,
        request: RequestId,
        answer: Answer,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.answered(self.client.reads(now), request, answer);
        self.client.answer(now, ticket, answer, &mut effects);
        effects
    }

    /// Makes the page one of several tabs.
    pub fn set_id(&mut self, id: u32) {
        self.client.set_id(id);
    }

    /// Receives a message of another tab that arrives `age` after it was sent.
    pub fn receive(&mut self, now: Instant, age: Span, message: &[f64]) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.client.receive(now, age, message, &mut effects);
        effects
    }

    /// The page's message to other tabs, if any. Called after all effects.
    pub fn message(&mut self, now: Instant) -> Option<Vec<f64>> {
        self.client.message(now)
    }

    /// Receives an error instead of an answer.
    pub fn fail(&mut self, now: Instant, ticket: Ticket, request: RequestId) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.failed(self.client.reads(now), request);
        self.client.fail(now, ticket, &mut effects);
        effects
    }

    /// Receives the result of a probe.
    pub fn probed(&mut self, now: Instant, is_reachable: bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.client.probed(now, is_reachable, &mut effects);
        effects
    }

    /// Receives the browser's news of the network.
    pub fn network(&mut self, now: Instant, is_there: bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.network(is_there);
        self.client.network(now, is_there, &mut effects);
        effects
    }

    /// Fires a timer; `None` if it was set again since.
    pub fn fire(&mut self, now: Instant, timer: Timer) -> Option<Vec<Effect>> {
        if self.timer != Some(timer) {
            return None;
        }
        self.timer = None;
        let mut effects = Vec::new();
        self.client.wake(now, &mut effects);
        Some(effects)
    }

    /// Checks an effect before it is carried out.
    pub fn judge(&mut self, now: Instant, effect: Effect) {
        self.watch.does(self.client.reads(now), effect, &self.client.snapshot());
    }

    /// Ends the handling of an event. Returns the timer to set, if the next wake-up has changed.
    pub fn settle(&mut self, now: Instant) -> Option<Timer> {
        self.watch.settled(self.client.reads(now), &self.client.snapshot());
        let wanted = self.client.next_wake(now);
        if self.timer.map(|timer| timer.at) == wanted {
            return None;
        }
        self.timers_set += 1;
        self.timer = wanted.map(|at| Timer { at, number: self.timers_set });
        self.timer
    }

    /// The public state of the scope.
    #[must_use]
    pub fn snapshot(&self) -> ScopeSnapshot {
        self.client.snapshot()
    }

    /// Ends the run and returns the violations.
    #[must_use]
    pub fn finish(self, now: Instant) -> Vec<String> {
        self.watch.finished(self.client.reads(now))
    }
}
