//! The engine: runs a scenario.

use std::collections::HashSet;

use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Effect, Feature, RequestId};
use crate::event_queue::EventQueue;
use crate::gateway::{ClientId, Gateway, Verdict};
use crate::page::{Page, Timer};
use crate::record::{Event, Record, What};
use crate::scenario::Scenario;
use crate::tab::Talk;
use crate::workload::Poisson;

mod wire;

use wire::InFlight;

/// Runs a scenario once. The same seed gives the same record.
#[must_use]
pub fn run(scenario: &Scenario, seed: u64) -> Record {
    let mut world = World::new(scenario, seed);
    while world.open_calls > 0 {
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

/// The longest run: a day, far more than any scenario takes.
const LONGEST: Span = Span::from_secs(86_400);
/// The maximum of events, far more than the largest scenario causes.
const MOST_EVENTS: usize = 1_000_000;

/// A scheduled event. Attempts are indices.
#[derive(Debug, Clone, Copy)]
enum Next {
    Call(RequestId),
    Arrival(usize),
    Processed(usize),
    Answer(usize),
    /// A probe arrives at the gateway, and returns after this time.
    Probe(ClientId, Span),
    Probed(ClientId, bool),
    Network(bool),
    Timer(ClientId, Timer),
    Message(ClientId, usize),
    Open(ClientId),
    Crash(ClientId),
    Other,
}

struct World<'a> {
    scenario: &'a Scenario,
    now: Instant,
    events: EventQueue<Next>,
    gateway: Box<dyn Gateway>,
    pages: Vec<Page>,
    on_wire: Vec<InFlight>,
    attempts: Vec<u32>,
    others: Option<Poisson>,
    travel: Rng,
    lateness: Rng,
    talk: Rng,
    /// The messages between tabs, with the times of sending.
    messages: Vec<(Instant, Vec<f64>)>,
    open_calls: usize,
    record: Record,
}

impl World<'_> {
    fn new(scenario: &Scenario, seed: u64) -> World<'_> {
        // Each purpose has its own generator: a client that draws one more number sees the same arrivals and
        // latencies.
        let mut seeds = Rng::with_seed(seed);
        let [mut arrivals, travel, lateness, mut jitter, others, mut talk] =
            std::array::from_fn(|_| seeds.fork());
        let clients = (0..scenario.clients).map(ClientId);
        let calls: Vec<_> = clients
            .flat_map(|client| {
                let tab = scenario.tab(client);
                tab.workload
                    .calls(&mut arrivals)
                    .into_iter()
                    .map(move |at| (client, at + tab.opens + tab.calls))
            })
            .collect();
        let mut world = World {
            scenario,
            now: Instant::START,
            events: EventQueue::new(),
            gateway: (scenario.gateway)(scenario),
            pages: (0..scenario.clients).map(|_| Page::new(&scenario.setup, jitter.fork())).collect(),
            on_wire: Vec::new(),
            attempts: vec![0; calls.len()],
            others: scenario.others.map(|rate| Poisson::new(rate, others)),
            travel,
            lateness,
            talk: talk.fork(),
            messages: Vec::new(),
            open_calls: calls.len(),
            record: Record { calls, ..Record::default() },
        };
        for (request, (_, at)) in (0..).map(RequestId).zip(&world.record.calls) {
            world.events.schedule(*at, Next::Call(request));
        }
        for client in (0..scenario.clients).map(ClientId) {
            if scenario.needs == Some(Feature::Tabs) {
                world.page(client).set_id(talk.u32(..));
                world.events.schedule(Instant::START + scenario.tab(client).opens, Next::Open(client));
            }
            if let Some(at) = scenario.tab(client).crashes {
                world.events.schedule(Instant::START + at, Next::Crash(client));
            }
        }
        world.schedule_other();
        if let Some(outage) = scenario.outage {
            world.events.schedule(Instant::START + outage.from, Next::Network(false));
            world.events.schedule(Instant::START + outage.until, Next::Network(true));
        }
        world
    }

    /// The client whose page an event concerns.
    fn page_of(&self, next: Next) -> Option<ClientId> {
        match next {
            Next::Call(request) => self.record.calls.get(request.0 as usize).map(|(client, _)| *client),
            Next::Answer(index) => self.on_wire.get(index).map(|on_wire| on_wire.client),
            Next::Timer(client, _)
            | Next::Probed(client, _)
            | Next::Message(client, _)
            | Next::Open(client)
            | Next::Crash(client) => Some(client),
            Next::Arrival(_) | Next::Processed(_) | Next::Probe(..) | Next::Network(_) | Next::Other => None,
        }
    }

    /// Handles an event. If its page is frozen or gone, the event is delayed or dropped.
    fn happens(&mut self, next: Next) {
        let since = self.now.since(Instant::START);
        if let Some(tab) = self.page_of(next).map(|client| self.scenario.tab(client)) {
            let is_gone = tab.crashes.is_some_and(|at| since >= at) && !matches!(next, Next::Crash(_));
            if is_gone || since < tab.opens {
                return;
            }
            if let Some((from, until)) = tab.freezes
                && (from..until).contains(&since)
            {
                return self.events.schedule(Instant::START + until, next);
            }
        }
        self.takes_place(next);
    }

    fn takes_place(&mut self, next: Next) {
        match next {
            Next::Call(request) => {
                let (client, _) = self.record.calls[request.0 as usize];
                self.note(client, What::Called(request));
                let now = self.now;
                let effects = self.page(client).call(now, request);
                self.carry_out(client, effects);
            }
            Next::Arrival(index) => self.arrive(index),
            Next::Processed(index) => {
                self.gateway.finished(self.now);
                self.answer_later(index);
            }
            Next::Answer(index) => self.answer(index),
            Next::Probe(client, back) => self.probe_arrives(client, back),
            Next::Probed(client, is_reachable) => {
                let now = self.now;
                let effects = self.page(client).probed(now, is_reachable);
                self.carry_out(client, effects);
            }
            Next::Network(is_there) => self.network(is_there),
            Next::Timer(client, timer) => {
                let now = self.now;
                if let Some(effects) = self.page(client).fire(now, timer) {
                    self.note(client, What::Woken);
                    self.carry_out(client, effects);
                }
            }
            Next::Message(client, index) => {
                let Some((said_at, message)) = self.messages.get(index).cloned() else { return };
                // The wall clock counts whole milliseconds.
                let millis = |at: Instant| at.since(Instant::START).as_micros() / 1_000;
                let age = Span::from_millis(millis(self.now) - millis(said_at));
                let now = self.now;
                let effects = self.page(client).receive(now, age, &message);
                self.note(client, What::Received);
                self.carry_out(client, effects);
            }
            Next::Open(client) => self.carry_out(client, Vec::new()),
            Next::Crash(client) => self.crash(client),
            Next::Other => {
                let stranger = ClientId(self.scenario.clients);
                let admitted = self.gateway.decide(self.now, stranger) == Verdict::Admitted;
                self.note(stranger, What::Other(admitted));
                self.schedule_other();
            }
        }
    }

    fn carry_out(&mut self, client: ClientId, effects: Vec<Effect>) {
        for effect in effects {
            let now = self.now;
            self.page(client).judge(now, effect);
            match effect {
                Effect::Send(ticket, request) => self.send(client, ticket, request),
                Effect::End(request, ending) => {
                    self.open_calls = self.open_calls.saturating_sub(1);
                    self.note(client, What::Ended(request, ending));
                }
                Effect::Probe => self.probe(client),
                Effect::Notice(notice) => self.note(client, What::Noticed(notice)),
            }
        }
        let now = self.now;
        if let Some(message) = self.page(client).message(now) {
            self.say(client, message);
        }
        if let Some(timer) = self.page(client).settle(now) {
            let late = self.scenario.setup.timer_lateness.scaled(self.lateness.f64());
            self.events.schedule(timer.at.max(now) + late, Next::Timer(client, timer));
        }
    }

    fn say(&mut self, speaker: ClientId, message: Vec<f64>) {
        self.note(speaker, What::Said);
        let index = self.messages.len();
        self.messages.push((self.now, message));
        let (least, most) = Talk::TAKES;
        for listener in (0..self.scenario.clients).map(ClientId).filter(|listener| *listener != speaker) {
            let Talk { lost, doubled } = self.scenario.talk;
            let takes = least + (most - least).scaled(self.talk.f64());
            let late = Talk::LATE.scaled(self.talk.f64());
            if self.talk.f64() >= lost {
                self.events.schedule(self.now + takes, Next::Message(listener, index));
            }
            if self.talk.f64() < doubled {
                self.events.schedule(self.now + takes + late, Next::Message(listener, index));
            }
        }
    }

    /// Removes a page with all its pending calls.
    fn crash(&mut self, client: ClientId) {
        let ended: HashSet<RequestId> = self.record.events.iter().filter_map(Event::ended).collect();
        let ids = (0..).map(RequestId).zip(&self.record.calls);
        let lost = ids.filter(|(id, (whose, _))| *whose == client && !ended.contains(id)).map(|(id, _)| id);
        self.record.abandoned = lost.collect();
        self.open_calls = self.open_calls.saturating_sub(self.record.abandoned.len());
        self.note(client, What::Crashed);
    }

    fn schedule_other(&mut self) {
        if let Some(at) = self.others.as_mut().and_then(Iterator::next) {
            self.events.schedule(at, Next::Other);
        }
    }

    fn page(&mut self, client: ClientId) -> &mut Page {
        &mut self.pages[client.0 as usize]
    }

    fn note(&mut self, client: ClientId, what: What) {
        let room = self.gateway.room(self.now, client);
        let scope = self.pages.get(client.0 as usize).map(Page::snapshot);
        self.record.events.push(Event { at: self.now, client, what, room, scope });
    }

    fn finish(mut self) -> Record {
        let clients = (0..).map(ClientId);
        for (client, page) in clients.zip(self.pages) {
            if self.scenario.tab(client).crashes.is_some() {
                continue;
            }
            self.record.broken.extend(page.finish(self.now));
        }
        self.record
    }
}
