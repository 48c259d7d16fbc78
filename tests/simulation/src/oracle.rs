//! The theoretical minimum: the time of a client that knows everything.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use api_service_client::time::{Instant, Span};

use crate::client::RequestId;
use crate::gateway::{ClientId, Gateway, Verdict};
use crate::latency::Trip;
use crate::record::{Record, What};
use crate::scenario::Scenario;

/// A result that no client can beat.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// From the start of the run to the last answer.
    pub drained: Span,
    /// From each call to its answer, in order of the calls.
    pub waits: Vec<Span>,
}

/// The minimum for a client that knows the gateway's state and schedule.
///
/// Each request, in order of the calls, is admitted at the first possible moment, and travels as fast as the latency
/// allows. This is exact for a gateway that charges nothing for refused requests, such as a token bucket.
///
/// For N simultaneous requests at a constant rate it equals `(N - burst) ÷ rate + shortest round trip`. Requests of
/// others are left out: the client always comes first.
#[must_use]
pub fn minimum(scenario: &Scenario, record: &Record) -> Minimum {
    let mut ideal = Ideal::new(scenario);
    for (client, call) in in_order(record) {
        ideal.serve(client, call, call);
    }
    ideal.minimum
}

/// The minimum for a client that cannot know the limit before its first 429.
///
/// Until then it has the maximum in flight. It sends nothing during the pause that this 429 asks for, and knows
/// everything afterwards. The result exceeds [`minimum`] if the bucket is full before the pause ends, since the
/// overflow is lost.
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

/// From the start of the run to the last answer, for a client that is not refused again and cannot foresee travel
/// times.
///
/// It knows the limit from the start if it has a plan, otherwise from the end of its first pause. It sends each
/// request so that it finds room if it travels as fast as possible. If the recorded trip was longer, the answer comes
/// later by the difference.
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

/// The shortest pause without a `Retry-After`.
const LEAST_PAUSE: Span = Span::from_millis(100);

fn in_order(record: &Record) -> Vec<(ClientId, Instant)> {
    kept(record).into_iter().map(|(_, call)| call).collect()
}

/// The calls whose page did not crash, in order.
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
    /// The ends of the requests in progress.
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

    /// Admits a request at the first possible moment, if it leaves at `sent` or later.
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
        debug_assert!(admitted.is_ok(), "the gateway refuses a request that it had promised to admit");
    }

    /// The arrival of the answer to a request that reaches the gateway at `at`. For a 429, its wait.
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
