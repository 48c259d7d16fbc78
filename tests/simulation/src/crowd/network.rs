//! Runs a crowd: users, their requests' journeys, and the gateway that all of them share.

use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Answer, Ending, RequestId};
use crate::crowd::arrivals::Arrivals;
use crate::crowd::contenders::Contender;
use crate::crowd::row::CrowdRow;
use crate::crowd::user::{Step, User};
use crate::event_queue::EventQueue;
use crate::gateway::{ClientId, Gateway, TokenBucket, Verdict};
use crate::latency::Latency;

/// The way to the gateway and back.
pub(crate) const LATENCY: Latency = Latency::millis(40, 20);
/// Many more than the largest crowd causes.
const MOST_EVENTS: u32 = 2_000_000;

/// The record of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Crowded {
    /// The calls, in the order of time: a [`RequestId`] is an index into it.
    pub calls: Vec<(ClientId, Instant)>,
    /// The end of each call; `None` if the run did not come to an end.
    pub ended: Vec<Option<(Instant, Ending)>>,
    /// Sends that were answered with a 429.
    pub refusals: u32,
    /// The moments at which the gateway admitted a request, and whose it was.
    pub admitted: Vec<(Instant, ClientId)>,
}

/// Runs a row once, its users having these clients in turn. The same seed gives the same.
#[must_use]
pub fn run_crowd(row: &CrowdRow, clients: &[Contender], seed: u64) -> Crowded {
    let mut network = Network::new(row, clients, seed);
    let mut open = network.crowded.calls.len();
    for _ in 0..MOST_EVENTS {
        let Some((at, next)) = network.events.next_event() else { break };
        network.now = at;
        open = open.saturating_sub(network.happens(next));
        if open == 0 {
            break;
        }
    }
    network.crowded
}

#[derive(Debug, Clone, Copy)]
enum Next {
    Call(RequestId),
    Arrival(RequestId, Span),
    Answer(RequestId, Answer),
    /// A timer of a user's, and which setting of it.
    Timer(ClientId, u32),
}

struct Timer {
    at: Option<Instant>,
    settings: u32,
}

struct Network {
    row: CrowdRow,
    now: Instant,
    events: EventQueue<Next>,
    gateway: TokenBucket,
    users: Vec<(Box<dyn User>, Timer)>,
    travel: Rng,
    crowded: Crowded,
}

impl Network {
    fn new(row: &CrowdRow, clients: &[Contender], seed: u64) -> Network {
        // A stream for each purpose: whatever a client draws, the calls and the journeys are the same.
        let mut seeds = Rng::with_seed(seed);
        let [mut arrivals, travel, mut jitter] = std::array::from_fn(|_| seeds.fork());
        let calls = row.arrivals.calls(row.users, &mut arrivals);
        let user = |client: &Contender| (client.user(jitter.fork()), Timer { at: None, settings: 0 });
        let mut network = Network {
            row: *row,
            now: Instant::START,
            events: EventQueue::new(),
            gateway: TokenBucket::new(row.plan),
            users: clients.iter().cycle().take(row.users as usize).map(user).collect(),
            travel,
            crowded: Crowded { ended: vec![None; calls.len()], calls, refusals: 0, admitted: Vec::new() },
        };
        for (id, (_, at)) in (0..).map(RequestId).zip(&network.crowded.calls) {
            network.events.schedule(*at, Next::Call(id));
        }
        if matches!(row.arrivals, Arrivals::AfterOutage(_)) {
            for (user, _) in &mut network.users {
                let mut steps = Vec::new();
                user.network(Instant::START, false, &mut steps);
                user.network(Instant::START, true, &mut steps);
                debug_assert!(steps.is_empty(), "nothing was called yet");
            }
        }
        network
    }

    /// Returns how many calls end with it.
    fn happens(&mut self, next: Next) -> usize {
        let (now, mut steps) = (self.now, Vec::new());
        let whose = match next {
            Next::Call(id) => {
                let whose = self.whose(id);
                self.user(whose).call(now, id, &mut steps);
                whose
            }
            Next::Arrival(id, back) => {
                self.arrive(id, back);
                return 0;
            }
            Next::Answer(id, answer) => {
                let whose = self.whose(id);
                self.user(whose).answer(now, id, answer, &mut steps);
                whose
            }
            Next::Timer(whose, setting) => {
                let (user, timer) = &mut self.users[whose.0 as usize];
                if timer.settings != setting {
                    return 0;
                }
                timer.at = None;
                user.wake(now, &mut steps);
                whose
            }
        };
        let ended = steps.iter().filter(|step| matches!(step, Step::End(..))).count();
        for step in steps {
            self.carry_out(step);
        }
        self.set_timer(whose);
        ended
    }

    fn arrive(&mut self, id: RequestId, back: Span) {
        let whose = self.whose(id);
        let mut answer = Answer { throttled: false, retry_after: None, budget: None };
        match self.gateway.decide(self.now, whose) {
            Verdict::Admitted => self.crowded.admitted.push((self.now, whose)),
            Verdict::Throttled { wait } => {
                self.crowded.refusals += 1;
                answer = Answer { throttled: true, retry_after: self.row.retry_after.header(wait), ..answer };
            }
        }
        self.events.schedule(self.now + back, Next::Answer(id, answer));
    }

    fn carry_out(&mut self, step: Step) {
        match step {
            Step::Send(id) => {
                let trip = LATENCY.draw(&mut self.travel);
                self.events.schedule(self.now + trip.there, Next::Arrival(id, trip.back));
            }
            Step::End(id, ending) => self.crowded.ended[id.0 as usize] = Some((self.now, ending)),
        }
    }

    fn set_timer(&mut self, whose: ClientId) {
        let now = self.now;
        let (user, timer) = &mut self.users[whose.0 as usize];
        let wanted = user.next_wake(now).map(|at| at.max(now));
        if wanted == timer.at {
            return;
        }
        timer.settings += 1;
        timer.at = wanted;
        if let Some(at) = wanted {
            self.events.schedule(at, Next::Timer(whose, timer.settings));
        }
    }

    fn whose(&self, id: RequestId) -> ClientId {
        self.crowded.calls[id.0 as usize].0
    }

    fn user(&mut self, whose: ClientId) -> &mut dyn User {
        &mut *self.users[whose.0 as usize].0
    }
}
