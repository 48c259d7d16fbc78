//! A method with a limit of its own, beside other methods of the same scope.

use std::collections::BTreeMap;

use api_service_client::throttle::{
    Action, Backoff, Entry, Limits, Notice, Outcome, Request, Route, RouteTarget, Scope, Ticket,
    UniformSample,
};
use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::event_queue::EventQueue;
use crate::gateway::{ClientId, Gateway, RetryAfter, TokenBucket, Verdict};
use crate::latency::{Latency, Trip};
use crate::rate::{Plan, Rate};

/// Evenly spaced calls of a page: to one method, and to others.
#[derive(Debug, Clone, Copy)]
pub struct Methods {
    /// The limit of the one method.
    pub of_one: Plan,
    /// The limit that all methods share.
    pub of_all: Plan,
    /// The call rates of the one method and of the others.
    pub calls: (Rate, Rate),
    /// Duration of the calls.
    pub lasting: Span,
    /// The `Retry-After` of 429s.
    pub retry_after: RetryAfter,
}

/// The figures of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// 429s of the one method and of the others.
    pub refused: (u32, u32),
    /// Pauses of the shared scope and of the method's own.
    pub pauses: (u32, u32),
    /// The longest time from call to answer for the other methods, of calls after the method's second 429.
    pub longest_of_others: Span,
    /// The time at which the last call of the method was answered.
    pub drained: Span,
    /// Whether the method had a scope of its own at the end.
    pub is_held: bool,
}

const ONE: Route = Route(1);
const OTHERS: Route = Route(2);
const PAGE: ClientId = ClientId(0);

#[derive(Debug, Clone, Copy)]
enum Next {
    Call(Route),
    Arrival(usize),
    Answer(usize),
    Timer(usize),
}

/// An attempt, and whether it was admitted.
struct Send {
    call: usize,
    scope: usize,
    ticket: Ticket,
    trip: Trip,
    admitted: bool,
}

struct World<'a> {
    methods: &'a Methods,
    now: Instant,
    events: EventQueue<Next>,
    of_one: TokenBucket,
    of_all: TokenBucket,
    /// The shared scope, then the method's own if it exists.
    scopes: Vec<Scope<usize>>,
    timers: BTreeMap<usize, Instant>,
    calls: Vec<(Route, Instant)>,
    sends: Vec<Send>,
    rng: Rng,
    second_429: Option<Instant>,
    seen: Seen,
}

impl Methods {
    /// Runs the calls once. The same seed gives the same figures.
    #[must_use]
    pub fn run(&self, seed: u64) -> Seen {
        let mut world = World {
            methods: self,
            now: Instant::START,
            events: EventQueue::new(),
            of_one: TokenBucket::new(self.of_one),
            of_all: TokenBucket::new(self.of_all),
            scopes: vec![scope()],
            timers: BTreeMap::new(),
            calls: Vec::new(),
            sends: Vec::new(),
            rng: Rng::with_seed(seed),
            second_429: None,
            seen: Seen::default(),
        };
        for (route, rate) in [(ONE, self.calls.0), (OTHERS, self.calls.1)] {
            let every = rate.interval();
            let calls = self.lasting.as_micros() / every.as_micros();
            for n in 0..calls {
                let jitter = every.scaled(world.rng.f64());
                let at = Instant::START + Span::from_micros(every.as_micros() * n) + jitter;
                world.events.schedule(at, Next::Call(route));
            }
        }
        while let Some((at, next)) = world.events.next_event() {
            world.now = at;
            world.happens(next);
            world.carry_out();
        }
        world.seen.is_held = world.target(ONE) == RouteTarget::Own;
        world.seen
    }
}

fn scope() -> Scope<usize> {
    Scope::new(Limits { max_queue: u32::MAX, ..Limits::default() }, Backoff::default(), None)
}

impl World<'_> {
    fn happens(&mut self, next: Next) {
        match next {
            Next::Call(route) => {
                let call = self.calls.len();
                self.calls.push((route, self.now));
                let at = usize::from(self.target(route) == RouteTarget::Own);
                let request = Request { route, ..Request::default() };
                if let Ok(Entry::Send(ticket)) = self.scopes[at].enqueue(self.now, request, call) {
                    self.send(at, ticket, call);
                }
            }
            Next::Arrival(index) => {
                let call = self.sends[index].call;
                let is_one = self.calls[call].0 == ONE;
                // As at Amazon, a request that the method's limit refuses takes nothing from the shared limit.
                let admitted = (!is_one || self.of_one.room(self.now, PAGE) >= 1.0)
                    && self.of_all.decide(self.now, PAGE) == Verdict::Admitted
                    && (!is_one || self.of_one.decide(self.now, PAGE) == Verdict::Admitted);
                self.sends[index].admitted = admitted;
                self.events.schedule(self.now + self.sends[index].trip.back, Next::Answer(index));
            }
            Next::Answer(index) => self.answer(index),
            Next::Timer(at) => {
                if self.timers.get(&at) == Some(&self.now) {
                    self.timers.remove(&at);
                    self.scopes[at].wake(self.now);
                }
            }
        }
    }

    fn target(&mut self, route: Route) -> RouteTarget {
        let (shared, own) = self.scopes.split_at_mut(1);
        shared[0].route_for(self.now, route, own.first())
    }

    fn answer(&mut self, index: usize) {
        let Send { call, scope, ticket, admitted, .. } = self.sends[index];
        let (route, called) = self.calls[call];
        if admitted {
            self.scopes[scope].finish(self.now, ticket, Outcome::Accepted, UniformSample::ZERO);
            if route == ONE {
                self.seen.drained = self.now.since(Instant::START);
            } else if self.second_429.is_some_and(|second| called >= second) {
                self.seen.longest_of_others = self.seen.longest_of_others.max(self.now.since(called));
            }
            return;
        }
        let refused = if route == ONE { &mut self.seen.refused.0 } else { &mut self.seen.refused.1 };
        *refused += 1;
        if self.seen.refused.0 == 2 {
            self.second_429.get_or_insert(self.now);
        }
        let wait = if route == ONE { self.of_one.earliest(self.now, PAGE) } else { None };
        let asked = self.methods.retry_after.header(wait.map(|at| at.since(self.now)));
        let unit = UniformSample::from_bits(self.rng.u32(..));
        let outcome = Outcome::Throttled(asked.map(Into::into));
        self.scopes[scope].finish(self.now, ticket, outcome, unit);
    }

    fn send(&mut self, scope: usize, ticket: Ticket, call: usize) {
        let trip = LATENCY.draw(&mut self.rng);
        self.events.schedule(self.now + trip.there, Next::Arrival(self.sends.len()));
        self.sends.push(Send { call, scope, ticket, trip, admitted: false });
    }

    fn carry_out(&mut self) {
        let mut at = 0;
        while at < self.scopes.len() {
            let Some(action) = self.scopes[at].next_action() else {
                at += 1;
                continue;
            };
            match action {
                Action::Send(ticket) => {
                    let call = self.scopes[at].payload(ticket).copied();
                    self.send(at, ticket, call.expect("what is sent has not ended"));
                }
                Action::Notify(Notice::Throttled { .. }) => {
                    let pauses = if at == 0 { &mut self.seen.pauses.0 } else { &mut self.seen.pauses.1 };
                    *pauses += 1;
                }
                Action::SplitRoute(demotion) => {
                    if self.scopes.len() == 1 {
                        self.scopes.push(scope());
                    }
                    let unit = UniformSample::from_bits(self.rng.u32(..));
                    self.scopes[1].receive_split(self.now, demotion, unit);
                }
                Action::RejoinRoute(route) => {
                    let moved = self.scopes[1].release(route);
                    self.scopes[0].receive(self.now, moved);
                    at = 0;
                }
                Action::Notify(_) | Action::Reject(..) | Action::CheckReachable => {}
            }
        }
        for at in 0..self.scopes.len() {
            let wanted = self.scopes[at].next_wake(self.now);
            if let Some(wanted) = wanted.filter(|wanted| self.timers.get(&at) != Some(wanted)) {
                self.timers.insert(at, wanted.max(self.now));
                self.events.schedule(wanted.max(self.now), Next::Timer(at));
            }
        }
    }
}

const LATENCY: Latency = Latency::millis(40, 20);
