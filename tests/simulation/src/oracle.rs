//! How fast it could be done by a client that knows everything.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use api_service_client::time::{Instant, Span};

use crate::client::RequestId;
use crate::gateway::{ClientId, Gateway, Verdict};
use crate::latency::Trip;
use crate::record::{Record, What};
use crate::scenario::Scenario;

/// What cannot be beaten.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// From the start of the run to the last answer.
    pub drained: Span,
    /// From each call to its answer, in the order of the calls.
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
/// It is above [`minimum`] where the bucket is full before the pause is over: what overflows is lost, however clever
/// the client.
#[must_use]
pub fn minimum_after_first_pause(scenario: &Scenario, record: &Record) -> Minimum {
    let calls = in_order(record);
    let mut ideal = Ideal::new(scenario);
    let slots = scenario.setup.max_in_flight * scenario.clients;
    let mut free: BinaryHeap<Reverse<Instant>> = (0..slots).map(|_| Reverse(Instant::START)).collect();
    let mut resumed = Instant::START;
    let mut rest = calls.as_slice();
    while let Some(((client, call), later)) = rest.split_first() {
        let Some(Reverse(slot)) = free.pop() else { break };
        let sent = slot.max(*call);
        match ideal.arrive(*client, *call, sent + ideal.trip.there) {
            Ok(answered) => free.push(Reverse(answered)),
            Err(wait) => {
                let asked = scenario.retry_after.header(wait).unwrap_or(LEAST_PAUSE);
                resumed = ideal.now + ideal.trip.back + asked;
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

/// From the start of the run to the last answer, for a client that knows the limit from the start, if it was told a plan,
/// or else from the end of its first pause on. It is not refused again, and does not foresee how long a request will be
/// on its way.
///
/// So it sends each to arrive when there is room for it, should its way be as short as can be. As much longer as the way
/// was in the record, the answer comes later.
#[must_use]
pub fn reachable(scenario: &Scenario, record: &Record) -> Span {
    let is_told = scenario.setup.plan.is_some();
    let least = if is_told { minimum } else { minimum_after_first_pause }(scenario, record);
    let shortest = scenario.latency.least();
    let shortest = shortest.there + shortest.back;
    let (mut sent, mut took) = (HashMap::new(), HashMap::new());
    for event in &record.events {
        match event.what {
            What::Sent(send) => {
                sent.insert(send.number, event.at);
            }
            What::Answered(send) => {
                let trip = sent.get(&send.number).map(|sent| event.at.since(*sent));
                took.insert(send.request, trip.unwrap_or_default() - scenario.latency.processing);
            }
            _ => {}
        }
    }
    let answers = kept(record).into_iter().zip(least.waits).map(|((id, (_, call)), wait)| {
        call.since(Instant::START) + wait + (took.get(&id).copied().unwrap_or_default() - shortest)
    });
    answers.max().unwrap_or_default()
}

/// No client that is told nothing may come back sooner.
const LEAST_PAUSE: Span = Span::from_millis(100);

fn in_order(record: &Record) -> Vec<(ClientId, Instant)> {
    kept(record).into_iter().map(|(_, call)| call).collect()
}

/// The calls that a page has stayed to hear of, in their order.
fn kept(record: &Record) -> Vec<(RequestId, (ClientId, Instant))> {
    let calls = (0..).map(RequestId).zip(record.calls.iter().copied());
    let mut calls: Vec<_> = calls.filter(|(id, _)| !record.abandoned.contains(id)).collect();
    calls.sort_by_key(|(_, (_, at))| *at);
    calls
}

struct Ideal {
    gateway: Box<dyn Gateway>,
    trip: Trip,
    takes: Span,
    now: Instant,
    /// When what is being processed ends.
    ends: BinaryHeap<Reverse<Instant>>,
    minimum: Minimum,
}

impl Ideal {
    fn new(scenario: &Scenario) -> Ideal {
        Ideal {
            gateway: (scenario.gateway)(scenario),
            trip: scenario.latency.least(),
            takes: scenario.latency.processing,
            now: Instant::START,
            ends: BinaryHeap::new(),
            minimum: Minimum { drained: Span::ZERO, waits: Vec::new() },
        }
    }

    /// Has a request admitted as soon as can be, if it leaves at `sent` or later.
    fn serve(&mut self, client: ClientId, call: Instant, sent: Instant) {
        let mut at = self.now.max(sent + self.trip.there);
        loop {
            self.end_until(at);
            match self.gateway.earliest(at, client).or(self.next_end()) {
                Some(soonest) if soonest > at => at = soonest,
                _ => break,
            }
        }
        let admitted = self.arrive(client, call, at);
        debug_assert!(admitted.is_ok(), "the gateway refuses what it said it would admit");
    }

    /// When the answer of a request that arrives at `at` comes back; what its 429 could say if it is one.
    fn arrive(&mut self, client: ClientId, call: Instant, at: Instant) -> Result<Instant, Option<Span>> {
        self.now = self.now.max(at);
        self.end_until(self.now);
        if let Verdict::Throttled { wait } = self.gateway.decide(self.now, client) {
            return Err(wait);
        }
        let end = self.now + self.takes;
        self.ends.push(Reverse(end));
        let answered = end + self.trip.back;
        self.minimum.drained = self.minimum.drained.max(answered.since(Instant::START));
        self.minimum.waits.push(answered.since(call));
        Ok(answered)
    }

    fn end_until(&mut self, at: Instant) {
        while let Some(end) = self.next_end().filter(|end| *end <= at) {
            self.ends.pop();
            self.gateway.finished(end);
        }
    }

    fn next_end(&self) -> Option<Instant> {
        self.ends.peek().map(|Reverse(end)| *end)
    }
}
