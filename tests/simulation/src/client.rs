//! Drives a scope exactly as the shell in a page does. No other file knows the interface of `Scope`.

use api_service_client::throttle::{
    Action, Backoff, Budget as AnnouncedBudget, Disposition, Entry, Limits, Notice, OpaqueThrottling,
    Outcome, Plan as KnownPlan, Rejection, Request, Scope, ScopeSnapshot, Ticket, UniformSample,
};
use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::clock::Clock;
use crate::gateway::Budget;
use crate::rate::Plan;

/// The index of a call of the run, counted over all clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u32);

/// The configuration of a client.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// The maximum of requests in flight.
    pub max_in_flight: u32,
    /// The plan that the client was given.
    pub plan: Option<Plan>,
    /// The handling of throttles that the page cannot read.
    pub opaque_throttling: OpaqueThrottling,
    /// The client's own clock.
    pub clock: Clock,
    /// The greatest delay of a timer.
    pub timer_lateness: Span,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup {
            max_in_flight: Limits::default().max_in_flight,
            plan: None,
            opaque_throttling: OpaqueThrottling::default(),
            clock: Clock::default(),
            timer_lateness: Span::ZERO,
        }
    }
}

/// A capability that a scenario requires of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Accepts a plan and stays within it.
    KnownPlan,
    /// Shares pauses and limits between tabs.
    Tabs,
    /// Recognises a throttled answer that looks like a network failure.
    OpaqueThrottling,
    /// Uses the RateLimit fields of accepted answers.
    RateLimitFields,
}

/// The capabilities that the client has. A scenario with another requirement is listed and not run.
pub const BUILT: &[Feature] =
    &[Feature::KnownPlan, Feature::Tabs, Feature::OpaqueThrottling, Feature::RateLimitFields];

/// An answer, reduced to the parts that a client can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether it is a 429 rather than the backend's answer.
    pub throttled: bool,
    /// Its `Retry-After`.
    pub retry_after: Option<Span>,
    /// Its RateLimit fields.
    pub budget: Option<Budget>,
}

/// An action of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A request is sent.
    Send(Ticket, RequestId),
    /// A call ends.
    End(RequestId, Ending),
    /// A probe is sent.
    Probe,
    /// The page receives a notice.
    Notice(Notice),
}

/// The result of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The backend's answer.
    Answered,
    /// A 429, after the last allowed attempt.
    GivenUp,
    /// A network error, or an error that looks like a network error.
    Failed,
    /// Rejected without being sent.
    Rejected(Rejection),
}

/// A page with one scope.
#[derive(Debug)]
pub struct Client {
    scope: Scope<RequestId>,
    clock: Clock,
    rng: Rng,
}

impl Client {
    /// Creates a client that has sent nothing yet. The generator provides its jitter.
    #[must_use]
    pub fn new(setup: &Setup, rng: Rng) -> Client {
        let limits = Limits { max_in_flight: setup.max_in_flight, max_queue: u32::MAX, ..Limits::default() };
        let plan = setup
            .plan
            .map(|plan| KnownPlan { rate: plan.rate.as_per_second(), burst: f64::from(plan.burst) });
        let mut scope = Scope::new(limits, Backoff::default(), plan);
        scope.set_opaque_throttling(setup.opaque_throttling);
        Client { scope, clock: setup.clock, rng }
    }

    /// Handles a call of the page.
    pub fn call(&mut self, now: Instant, request: RequestId, effects: &mut Vec<Effect>) {
        let now = self.clock.read(now);
        match self.scope.enqueue(now, Request::default(), request) {
            Ok(Entry::Send(ticket)) => effects.push(Effect::Send(ticket, request)),
            Ok(Entry::Wait(_)) => {}
            Err(refusal) => effects.push(Effect::End(request, Ending::Rejected(refusal.rejection))),
        }
        self.carry_out(effects);
    }

    /// Handles an answer.
    pub fn answer(&mut self, now: Instant, ticket: Ticket, answer: Answer, effects: &mut Vec<Effect>) {
        let now = self.clock.read(now);
        if let Some(Budget { remaining, resets_in, .. }) = answer.budget {
            self.scope.announce_budget(now, AnnouncedBudget { remaining, resets_in });
        }
        let (outcome, unit, ending) = if answer.throttled {
            let unit = UniformSample::from_bits(self.rng.u32(..));
            (Outcome::Throttled(answer.retry_after.map(Into::into)), unit, Ending::GivenUp)
        } else {
            (Outcome::Accepted, UniformSample::ZERO, Ending::Answered)
        };
        if let Disposition::Deliver(request) = self.scope.finish(now, ticket, outcome, unit) {
            effects.push(Effect::End(request, ending));
        }
        self.carry_out(effects);
    }

    /// Handles a failure: an error instead of an answer.
    pub fn fail(&mut self, now: Instant, ticket: Ticket, effects: &mut Vec<Effect>) {
        let unit = UniformSample::from_bits(self.rng.u32(..));
        let now = self.clock.read(now);
        if let Disposition::Deliver(request) = self.scope.finish(now, ticket, Outcome::FailedOpaquely, unit) {
            effects.push(Effect::End(request, Ending::Failed));
        }
        self.carry_out(effects);
    }

    /// Handles the result of a probe.
    pub fn probed(&mut self, now: Instant, is_reachable: bool, effects: &mut Vec<Effect>) {
        let unit = UniformSample::from_bits(self.rng.u32(..));
        self.scope.reachability_checked(self.clock.read(now), is_reachable, unit);
        self.carry_out(effects);
    }

    /// Handles the browser's news of the network.
    pub fn network(&mut self, now: Instant, is_there: bool, effects: &mut Vec<Effect>) {
        let now = self.clock.read(now);
        if is_there {
            self.scope.online(now);
        } else {
            self.scope.offline(now);
        }
        self.carry_out(effects);
    }

    /// Handles the timer.
    pub fn wake(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        self.scope.wake(self.clock.read(now));
        self.carry_out(effects);
    }

    /// Makes the client one of several tabs.
    pub fn set_id(&mut self, id: u32) {
        self.scope.join_tabs(id);
    }

    /// Handles a message of another tab that arrives `age` after it was sent.
    pub fn receive(&mut self, now: Instant, age: Span, message: &[f64], effects: &mut Vec<Effect>) {
        self.scope.receive_message(self.clock.read(now), age, message);
        self.carry_out(effects);
    }

    /// The client's message to other tabs, if any. Called after all effects.
    pub fn message(&mut self, now: Instant) -> Option<Vec<f64>> {
        self.scope.take_message(self.clock.read(now))
    }

    /// The next wake-up, on the clock of the run, which shows `now`.
    pub fn next_wake(&mut self, now: Instant) -> Option<Instant> {
        let clock = self.clock;
        self.scope.next_wake(clock.read(now)).map(|shown| clock.when(shown))
    }

    /// The reading of the client's own clock.
    #[must_use]
    pub fn reads(&self, now: Instant) -> Instant {
        self.clock.read(now)
    }

    /// The public state of the scope.
    #[must_use]
    pub fn snapshot(&self) -> ScopeSnapshot {
        self.scope.snapshot()
    }

    fn carry_out(&mut self, effects: &mut Vec<Effect>) {
        while let Some(action) = self.scope.next_action() {
            match action {
                Action::Send(ticket) => {
                    if let Some(request) = self.scope.payload(ticket).copied() {
                        effects.push(Effect::Send(ticket, request));
                    }
                }
                Action::Reject(request, rejection) => {
                    let is_failure = rejection == Rejection::Failed;
                    let ending = if is_failure { Ending::Failed } else { Ending::Rejected(rejection) };
                    effects.push(Effect::End(request, ending));
                }
                Action::CheckReachable => effects.push(Effect::Probe),
                Action::SplitRoute(_) | Action::RejoinRoute(_) => unreachable!("no request here has a route"),
                Action::Notify(notice) => effects.push(Effect::Notice(notice)),
            }
        }
    }
}
