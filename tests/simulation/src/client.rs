//! Drives a scope exactly as the shell in a page does. Everything that knows the interface of `Scope` is here.

use api_service_client::throttle::{
    Action, Backoff, Budget as Told, Disposition, Entry, Limits, Notice, OpaqueThrottling, Plan as KnownPlan,
    Rejection, Request, Scope, ScopeSnapshot, Ticket, UniformSample,
};
use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::clock::Clock;
use crate::gateway::Budget;
use crate::rate::Plan;

/// Which call of a run, counted over all clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u32);

/// How a client is set up.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// Requests on the wire at once.
    pub max_in_flight: u32,
    /// The plan that the page's author has told the client.
    pub plan: Option<Plan>,
    /// What it does about throttles that the page cannot read.
    pub opaque_throttling: OpaqueThrottling,
    /// The client's own clock.
    pub clock: Clock,
    /// How late a timer fires at most.
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

/// What a scenario needs of the client that it may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// To be told a plan and keep to it.
    KnownPlan,
    /// Several tabs that share what they learn.
    Tabs,
    /// A throttled answer that looks like a network failure.
    OpaqueThrottling,
    /// To act on what accepted answers say of the limit.
    RateLimitFields,
}

/// What of that it has. A scenario that needs anything else is listed and not run.
pub const BUILT: &[Feature] =
    &[Feature::KnownPlan, Feature::Tabs, Feature::OpaqueThrottling, Feature::RateLimitFields];

/// An answer, as far as a client can see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether it is a 429, or from the backend.
    pub throttled: bool,
    /// Its `Retry-After`.
    pub retry_after: Option<Span>,
    /// Its RateLimit fields.
    pub budget: Option<Budget>,
}

/// What a client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A request goes on the wire.
    Send(Ticket, RequestId),
    /// A call ends.
    End(RequestId, Ending),
    /// A probe goes on the wire.
    Probe,
    /// The page hears of something.
    Notice(Notice),
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With the backend's answer.
    Answered,
    /// With a 429: it was sent as often as may be.
    GivenUp,
    /// With an error of the network's, or one that looks like it.
    Failed,
    /// Without having been sent.
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
    /// A client that has sent nothing yet. The generator is for its jitter.
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

    /// The page calls.
    pub fn call(&mut self, now: Instant, request: RequestId, effects: &mut Vec<Effect>) {
        let now = self.clock.read(now);
        match self.scope.enqueue(now, Request::default(), request) {
            Ok(Entry::Send(ticket)) => effects.push(Effect::Send(ticket, request)),
            Ok(Entry::Wait(_)) => {}
            Err(refusal) => effects.push(Effect::End(request, Ending::Rejected(refusal.rejection))),
        }
        self.carry_out(effects);
    }

    /// An answer has come in.
    pub fn answer(&mut self, now: Instant, ticket: Ticket, answer: Answer, effects: &mut Vec<Effect>) {
        let now = self.clock.read(now);
        if let Some(Budget { remaining, resets_in, .. }) = answer.budget {
            self.scope.announce_budget(now, Told { remaining, resets_in });
        }
        if answer.throttled {
            let unit = UniformSample::from_bits(self.rng.u32(..));
            let fate = self.scope.throttled(now, ticket, answer.retry_after.map(Into::into), unit);
            if let Disposition::Deliver(request) = fate {
                effects.push(Effect::End(request, Ending::GivenUp));
            }
        } else if let Some(request) = self.scope.accepted(now, ticket) {
            effects.push(Effect::End(request, Ending::Answered));
        }
        self.carry_out(effects);
    }

    /// All that comes back is an error.
    pub fn fail(&mut self, now: Instant, ticket: Ticket, effects: &mut Vec<Effect>) {
        let unit = UniformSample::from_bits(self.rng.u32(..));
        let fate = self.scope.failed_opaquely(self.clock.read(now), ticket, unit);
        if let Disposition::Deliver(request) = fate {
            effects.push(Effect::End(request, Ending::Failed));
        }
        self.carry_out(effects);
    }

    /// A probe is back.
    pub fn probed(&mut self, now: Instant, is_reachable: bool, effects: &mut Vec<Effect>) {
        let unit = UniformSample::from_bits(self.rng.u32(..));
        self.scope.reachability_checked(self.clock.read(now), is_reachable, unit);
        self.carry_out(effects);
    }

    /// The browser says whether there is a network.
    pub fn network(&mut self, now: Instant, is_there: bool, effects: &mut Vec<Effect>) {
        let now = self.clock.read(now);
        if is_there {
            self.scope.online(now);
        } else {
            self.scope.offline(now);
        }
        self.carry_out(effects);
    }

    /// The timer has fired.
    pub fn wake(&mut self, now: Instant, effects: &mut Vec<Effect>) {
        self.scope.wake(self.clock.read(now));
        self.carry_out(effects);
    }

    /// From now on it is one of several tabs.
    pub fn set_id(&mut self, id: u32) {
        self.scope.join_tabs(id);
    }

    /// Another tab has said something, which took so long.
    pub fn hear(&mut self, now: Instant, age: Span, word: &[f64], effects: &mut Vec<Effect>) {
        self.scope.receive_message(self.clock.read(now), age, word);
        self.carry_out(effects);
    }

    /// What it says to the others, once everything else is done.
    pub fn word(&mut self, now: Instant) -> Option<Vec<f64>> {
        self.scope.take_message(self.clock.read(now))
    }

    /// When the timer has to fire, by the clock of the run, which shows `now`.
    pub fn next_wake(&mut self, now: Instant) -> Option<Instant> {
        let clock = self.clock;
        self.scope.next_wake(clock.read(now)).map(|shown| clock.when(shown))
    }

    /// What the client's own clock shows.
    #[must_use]
    pub fn reads(&self, now: Instant) -> Instant {
        self.clock.read(now)
    }

    /// What the scope shows of itself.
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
