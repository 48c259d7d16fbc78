use api_service_client::throttle::Ticket;
use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Answer, Client, Effect, RequestId};
use crate::event_queue::EventQueue;
use crate::gateway::{ClientId, Gateway, Verdict};
use crate::invariants::Invariants;
use crate::latency::Trip;
use crate::record::{Event, Record, Send, What};
use crate::scenario::Scenario;
use crate::workload::Poisson;

/// Runs a scenario once. The same seed gives the same record.
#[must_use]
pub fn run(scenario: &Scenario, seed: u64) -> Record {
    let mut world = World::new(scenario, seed);
    while world.calls_open > 0 {
        let Some((at, event)) = world.events.next_event() else { break };
        world.now = at;
        world.happens(event);
        if at.since(Instant::START) > LONGEST || world.record.events.len() > MOST_EVENTS {
            world.record.broken.push("the run does not come to an end".to_owned());
            break;
        }
    }
    world.finish()
}

/// A day: far longer than any scenario takes.
const LONGEST: Span = Span::from_secs(86_400);
/// Many more than the largest scenario causes.
const MOST_EVENTS: usize = 5_000_000;

/// What is going to happen. Clients and sends are indices.
#[derive(Debug, Clone, Copy)]
enum Next {
    Call(RequestId),
    Arrival { send: usize },
    Processed { send: usize },
    Answer { send: usize },
    Timer { client: usize, set: u64 },
    Other,
}

struct World<'a> {
    scenario: &'a Scenario,
    now: Instant,
    events: EventQueue<Next>,
    gateway: Box<dyn Gateway>,
    pages: Vec<Page>,
    sends: Vec<OnWire>,
    attempts: Vec<u32>,
    others: Option<Poisson>,
    travel: Rng,
    lateness: Rng,
    timers_set: u64,
    calls_open: usize,
    record: Record,
}

/// A client, its timer, and who watches it.
struct Page {
    client: Client,
    timer: Option<(Instant, u64)>,
    watch: Invariants,
}

struct OnWire {
    client: usize,
    ticket: Ticket,
    send: Send,
    trip: Trip,
    answer: Option<Answer>,
}

impl World<'_> {
    fn new(scenario: &Scenario, seed: u64) -> World<'_> {
        // A stream for each purpose: a client that draws once more sees the same arrivals and the same latencies.
        let mut seeds = Rng::with_seed(seed);
        let [mut arrivals, travel, lateness, mut jitter, strangers] = std::array::from_fn(|_| seeds.fork());
        let mut events = EventQueue::new();
        let mut record = Record::default();
        let mut pages = Vec::new();
        for client in 0..scenario.clients {
            for at in scenario.workload.calls(&mut arrivals) {
                record.calls.push((ClientId(client), at));
            }
            pages.push(Page {
                client: Client::new(&scenario.setup, jitter.fork()),
                timer: None,
                watch: Invariants::new(scenario.setup.max_in_flight),
            });
        }
        for (request, (_, at)) in (0..).map(RequestId).zip(&record.calls) {
            events.schedule(*at, Next::Call(request));
        }
        let mut others = scenario.others.map(|rate| Poisson::new(rate, strangers));
        if let Some(at) = others.as_mut().and_then(Iterator::next) {
            events.schedule(at, Next::Other);
        }
        World {
            scenario,
            now: Instant::START,
            events,
            gateway: (scenario.gateway)(),
            pages,
            sends: Vec::new(),
            attempts: vec![0; record.calls.len()],
            others,
            travel,
            lateness,
            timers_set: 0,
            calls_open: record.calls.len(),
            record,
        }
    }

    fn happens(&mut self, next: Next) {
        match next {
            Next::Call(request) => self.call(request),
            Next::Arrival { send } => self.arrive(send),
            Next::Processed { send } => {
                self.gateway.finished(self.now);
                self.answer_later(send);
            }
            Next::Answer { send } => self.answer(send),
            Next::Timer { client, set } => self.fire(client, set),
            Next::Other => self.decide_other(),
        }
    }

    fn call(&mut self, request: RequestId) {
        let Some((ClientId(client), _)) = self.record.calls.get(request.0 as usize).copied() else { return };
        let client = client as usize;
        self.note(client, What::Called(request));
        let mut effects = Vec::new();
        if let Some(page) = self.pages.get_mut(client) {
            page.watch.called(request);
            page.client.call(self.now, request, &mut effects);
        }
        self.carry_out(client, effects);
    }

    fn arrive(&mut self, index: usize) {
        let Some(on_wire) = self.sends.get_mut(index) else { return };
        let (client, send, id) = (on_wire.client, on_wire.send, ClientId(on_wire.client as u32));
        let verdict = self.gateway.decide(self.now, id);
        let budget = self.gateway.budget(self.now, id).filter(|_| self.scenario.sends_budget);
        match verdict {
            Verdict::Admitted => {
                on_wire.answer = Some(Answer { throttled: false, retry_after: None, budget });
                self.note(client, What::Admitted(send));
                let done = self.now + self.scenario.latency.processing;
                self.events.schedule(done, Next::Processed { send: index });
            }
            Verdict::Throttled { wait } => {
                let retry_after = self.scenario.retry_after.header(wait);
                on_wire.answer = Some(Answer { throttled: true, retry_after, budget });
                self.note(client, What::Refused(send, retry_after));
                self.answer_later(index);
            }
        }
    }

    fn answer_later(&mut self, send: usize) {
        if let Some(OnWire { trip, .. }) = self.sends.get(send) {
            self.events.schedule(self.now + trip.back, Next::Answer { send });
        }
    }

    fn answer(&mut self, index: usize) {
        let Some(OnWire { client, ticket, send, answer: Some(answer), .. }) = self.sends.get(index) else {
            return;
        };
        let (client, ticket, send, answer) = (*client, *ticket, *send, *answer);
        let mut effects = Vec::new();
        if let Some(page) = self.pages.get_mut(client) {
            page.watch.answered(page.client.reads(self.now), send.request, answer);
            page.client.answer(self.now, ticket, answer, &mut effects);
        }
        self.note(
            client,
            if answer.throttled { What::Throttled(send, answer.retry_after) } else { What::Answered(send) },
        );
        self.carry_out(client, effects);
    }

    fn fire(&mut self, client: usize, set: u64) {
        let Some(page) = self.pages.get_mut(client) else { return };
        // A timer that was set anew does not fire any more.
        if page.timer.is_none_or(|(_, current)| current != set) {
            return;
        }
        page.timer = None;
        let mut effects = Vec::new();
        page.client.wake(self.now, &mut effects);
        self.note(client, What::Woken);
        self.carry_out(client, effects);
    }

    fn decide_other(&mut self) {
        let stranger = ClientId(self.scenario.clients);
        let admitted = self.gateway.decide(self.now, stranger) == Verdict::Admitted;
        let room = self.gateway.room(self.now, stranger);
        let event = Event { at: self.now, client: stranger, what: What::Other(admitted), room, scope: None };
        self.record.events.push(event);
        if let Some(at) = self.others.as_mut().and_then(Iterator::next) {
            self.events.schedule(at, Next::Other);
        }
    }

    fn carry_out(&mut self, client: usize, effects: Vec<Effect>) {
        for effect in effects {
            if let Some(page) = self.pages.get_mut(client) {
                page.watch.does(page.client.reads(self.now), effect, &page.client.snapshot());
            }
            match effect {
                Effect::Send(ticket, request) => self.send(client, ticket, request),
                Effect::End(request, ending) => {
                    self.calls_open = self.calls_open.saturating_sub(1);
                    self.note(client, What::Ended(request, ending));
                }
                Effect::Notice(notice) => self.note(client, What::Noticed(notice)),
            }
        }
        if let Some(page) = self.pages.get_mut(client) {
            page.watch.settled(page.client.reads(self.now), &page.client.snapshot());
        }
        self.set_timer(client);
    }

    fn send(&mut self, client: usize, ticket: Ticket, request: RequestId) {
        let Some(attempt) = self.attempts.get_mut(request.0 as usize) else { return };
        *attempt += 1;
        let send = Send { number: self.sends.len() as u32, request, attempt: *attempt };
        let trip = self.scenario.latency.draw(&mut self.travel);
        self.events.schedule(self.now + trip.there, Next::Arrival { send: self.sends.len() });
        self.sends.push(OnWire { client, ticket, send, trip, answer: None });
        self.note(client, What::Sent(send));
    }

    /// As a page does: one timer for each client, set anew when what it waits for has changed.
    fn set_timer(&mut self, client: usize) {
        let Some(page) = self.pages.get_mut(client) else { return };
        let wanted = page.client.next_wake();
        if page.timer.map(|(at, _)| at) == wanted {
            return;
        }
        self.timers_set += 1;
        page.timer = wanted.map(|at| (at, self.timers_set));
        if let Some(at) = wanted {
            let late = self.scenario.setup.timer_lateness.scaled(self.lateness.f64());
            let fires = at.max(self.now) + late;
            self.events.schedule(fires, Next::Timer { client, set: self.timers_set });
        }
    }

    fn note(&mut self, client: usize, what: What) {
        let id = ClientId(client as u32);
        let room = self.gateway.room(self.now, id);
        let scope = self.pages.get(client).map(|page| page.client.snapshot());
        self.record.events.push(Event { at: self.now, client: id, what, room, scope });
    }

    fn finish(mut self) -> Record {
        for page in self.pages {
            let now = page.client.reads(self.now);
            self.record.broken.extend(page.watch.finished(now));
        }
        self.record
    }
}
