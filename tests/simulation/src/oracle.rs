//! How fast it could be done by a client that knows everything.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use api_service_client::time::{Instant, Span};

use crate::gateway::{ClientId, Gateway, Verdict};
use crate::record::Record;
use crate::scenario::Scenario;

/// What cannot be beaten.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// From the start of the run to the last answer.
    pub drained: Span,
    /// From each call to its answer.
    pub waits: Vec<Span>,
}

/// The minimum for a client that knows the gateway's state and schedule: each request, in the order of the calls, is
/// admitted at the first moment at which the gateway admits one more, and travels as quickly as the latency allows.
///
/// That is exact for a gateway that takes nothing for what it refuses and does not punish haste, such as a token
/// bucket. For N requests at once on one with a constant rate it comes to `(N - burst) ÷ rate + least round trip`. What
/// others send is left out: it is the minimum for a client that always comes first.
#[must_use]
pub fn minimum(scenario: &Scenario, record: &Record) -> Minimum {
    let mut ideal = Ideal::new(scenario);
    for (client, call) in in_order(record) {
        ideal.serve(client, call, call);
    }
    ideal.minimum
}

/// The minimum for a client that cannot know the limit before its first 429, has as much on the wire as it may until
/// then, and lets nothing out during the pause that this 429 asks for. After that it knows everything.
///
/// With average latency up to the 429 and the least from then on.
#[must_use]
pub fn minimum_after_first_pause(scenario: &Scenario, record: &Record) -> Minimum {
    let calls = in_order(record);
    let mut ideal = Ideal::new(scenario);
    let trip = scenario.latency.average();
    let mut slots: BinaryHeap<Reverse<Instant>> =
        (0..scenario.setup.max_in_flight * scenario.clients).map(|_| Reverse(Instant::START)).collect();
    let mut resumed = Instant::START;
    let mut rest = calls.as_slice();
    while let Some(((client, call), later)) = rest.split_first() {
        let Some(Reverse(free)) = slots.pop() else { break };
        let sent = free.max(*call);
        match ideal.try_now(*client, *call, sent + trip.there) {
            Some(answered) => slots.push(Reverse(answered)),
            None => {
                resumed = sent + trip.there + scenario.latency.least().back + scenario.least_pause();
                break;
            }
        }
        rest = later;
    }
    for (client, call) in rest {
        ideal.serve(*client, *call, resumed.max(*call));
    }
    ideal.minimum
}

fn in_order(record: &Record) -> Vec<(ClientId, Instant)> {
    let mut calls = record.calls.clone();
    calls.sort_by_key(|(_, at)| *at);
    calls
}

struct Ideal<'a> {
    scenario: &'a Scenario,
    gateway: Box<dyn Gateway>,
    now: Instant,
    processing: BinaryHeap<Reverse<Instant>>,
    minimum: Minimum,
}

impl Ideal<'_> {
    fn new(scenario: &Scenario) -> Ideal<'_> {
        Ideal {
            scenario,
            gateway: (scenario.gateway)(),
            now: Instant::START,
            processing: BinaryHeap::new(),
            minimum: Minimum { drained: Span::ZERO, waits: Vec::new() },
        }
    }

    /// Has a request admitted as soon as can be, if it leaves at `sent` or later.
    fn serve(&mut self, client: ClientId, call: Instant, sent: Instant) {
        let mut at = self.now.max(sent + self.scenario.latency.least().there);
        loop {
            self.finish_until(at);
            match self.gateway.earliest(at, client) {
                Some(soonest) if soonest <= at => break,
                // What ends before then may make room sooner.
                Some(soonest) => at = self.next_end().map_or(soonest, |end| end.min(soonest)),
                None => match self.next_end() {
                    Some(end) => at = end,
                    None => return,
                },
            }
        }
        self.try_now(client, call, at);
    }

    /// When the answer of a request that arrives at `at` comes back; `None` if it is a 429.
    fn try_now(&mut self, client: ClientId, call: Instant, at: Instant) -> Option<Instant> {
        let at = self.now.max(at);
        self.now = at;
        self.finish_until(at);
        if self.gateway.decide(at, client) != Verdict::Admitted {
            return None;
        }
        let done = at + self.scenario.latency.processing;
        self.processing.push(Reverse(done));
        let answered = done + self.scenario.latency.least().back;
        self.minimum.drained = self.minimum.drained.max(answered.since(Instant::START));
        self.minimum.waits.push(answered.since(call));
        Some(done + self.scenario.latency.average().back)
    }

    fn finish_until(&mut self, at: Instant) {
        while let Some(end) = self.next_end().filter(|end| *end <= at) {
            self.processing.pop();
            self.gateway.finished(end);
        }
    }

    fn next_end(&self) -> Option<Instant> {
        self.processing.peek().map(|Reverse(end)| *end)
    }
}
