use api_service_client::throttle::{ScopeSnapshot, Ticket};
use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Answer, Client, Effect, RequestId, Setup};
use crate::invariants::Invariants;

/// A client with its timer, and with someone who watches that it keeps the rules.
#[derive(Debug)]
pub struct Page {
    client: Client,
    watch: Invariants,
    timer: Option<Timer>,
    timers_set: u64,
}

/// One setting of a timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    /// When it is to fire.
    pub at: Instant,
    /// Which setting of this page's timer it is. One that was set anew since does not fire any more.
    pub number: u64,
}

impl Page {
    /// A page that has done nothing yet. The generator is for the jitter of its client.
    #[must_use]
    pub fn new(setup: &Setup, rng: Rng) -> Page {
        let watch = Invariants::new(setup.max_in_flight);
        Page { client: Client::new(setup, rng), watch, timer: None, timers_set: 0 }
    }

    /// It calls. Returns what its client does.
    pub fn call(&mut self, now: Instant, request: RequestId) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.called(request);
        self.client.call(now, request, &mut effects);
        effects
    }

    /// An answer comes in.
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

    /// From now on it is one of several tabs.
    pub fn set_id(&mut self, id: u32) {
        self.client.set_id(id);
    }

    /// Another tab has said something, which took so long.
    pub fn hear(&mut self, now: Instant, age: Span, word: &[f64]) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.client.hear(now, age, word, &mut effects);
        effects
    }

    /// What it says to the others, once everything else is done.
    pub fn word(&mut self, now: Instant) -> Option<Vec<f64>> {
        self.client.word(now)
    }

    /// All that comes back is an error.
    pub fn fail(&mut self, now: Instant, ticket: Ticket, request: RequestId) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.failed(self.client.reads(now), request);
        self.client.fail(now, ticket, &mut effects);
        effects
    }

    /// A probe is back.
    pub fn probed(&mut self, now: Instant, is_reachable: bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.client.probed(now, is_reachable, &mut effects);
        effects
    }

    /// The browser says whether there is a network.
    pub fn network(&mut self, now: Instant, is_there: bool) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.watch.network(is_there);
        self.client.network(now, is_there, &mut effects);
        effects
    }

    /// A timer is due; `None` if it was set anew since.
    pub fn fire(&mut self, now: Instant, timer: Timer) -> Option<Vec<Effect>> {
        if self.timer != Some(timer) {
            return None;
        }
        self.timer = None;
        let mut effects = Vec::new();
        self.client.wake(now, &mut effects);
        Some(effects)
    }

    /// Has one of the effects judged, before it is carried out.
    pub fn judge(&mut self, now: Instant, effect: Effect) {
        self.watch.does(self.client.reads(now), effect, &self.client.snapshot());
    }

    /// All effects are carried out. Returns the timer to set, if what it waits for has changed.
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

    /// What its scope shows of itself.
    #[must_use]
    pub fn snapshot(&self) -> ScopeSnapshot {
        self.client.snapshot()
    }

    /// The run is over. Returns the rules that were broken.
    #[must_use]
    pub fn finish(self, now: Instant) -> Vec<String> {
        self.watch.finished(self.client.reads(now))
    }
}
