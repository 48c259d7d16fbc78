//! The way of a request: to the gateway, through it, and back.

use api_service_client::throttle::Ticket;
use api_service_client::time::Span;

use super::{Next, World};
use crate::client::{Answer, RequestId};
use crate::gateway::{ClientId, Verdict};
use crate::latency::Trip;
use crate::record::{Send, What};

/// A request in flight, or one that has arrived.
#[derive(Clone, Copy)]
pub(super) struct InFlight {
    pub(super) client: ClientId,
    ticket: Ticket,
    send: Send,
    trip: Trip,
    /// Set on arrival at the gateway.
    answer: Option<Answer>,
}

impl World<'_> {
    pub(super) fn send(&mut self, client: ClientId, ticket: Ticket, request: RequestId) {
        let attempt = &mut self.attempts[request.0 as usize];
        *attempt += 1;
        let send = Send { number: self.on_wire.len() as u32, request, attempt: *attempt };
        let trip = self.scenario.latency.draw(&mut self.travel);
        self.events.schedule(self.now + trip.there, Next::Arrival(self.on_wire.len()));
        self.on_wire.push(InFlight { client, ticket, send, trip, answer: None });
        self.note(client, What::Sent(send));
    }

    pub(super) fn probe(&mut self, client: ClientId) {
        let trip = self.scenario.latency.draw(&mut self.travel);
        self.events.schedule(self.now + trip.there, Next::Probe(client, trip.back));
    }

    pub(super) fn probe_arrives(&mut self, client: ClientId, back: Span) {
        let is_there = self.has_network();
        if is_there {
            let is_admitted = self.gateway.decide(self.now, client) == Verdict::Admitted;
            if is_admitted {
                self.gateway.finished(self.now);
            }
            self.note(client, What::Probed(is_admitted));
        }
        self.events.schedule(self.now + back, Next::Probed(client, is_there));
    }

    fn has_network(&self) -> bool {
        self.scenario.outage.is_none_or(|outage| !outage.covers(self.now))
    }

    pub(super) fn network(&mut self, is_there: bool) {
        for client in (0..self.scenario.clients).map(ClientId) {
            self.note(client, What::Network(is_there));
            if self.scenario.outage.is_some_and(|outage| outage.is_known) {
                let now = self.now;
                let effects = self.page(client).network(now, is_there);
                self.carry_out(client, effects);
            }
        }
    }

    pub(super) fn arrive(&mut self, index: usize) {
        let InFlight { client, send, .. } = self.on_wire[index];
        if !self.has_network() {
            self.answer_later(index);
            return;
        }
        let verdict = self.gateway.decide(self.now, client);
        let budget = self.gateway.budget(self.now, client).filter(|_| self.scenario.sends_budget);
        let answer = match verdict {
            Verdict::Admitted => Answer { throttled: false, retry_after: None, budget },
            Verdict::Throttled { wait } => {
                Answer { throttled: true, retry_after: self.scenario.retry_after.header(wait), budget }
            }
        };
        self.on_wire[index].answer = Some(answer);
        if answer.throttled {
            self.note(client, What::Refused(send, answer.retry_after));
            self.answer_later(index);
        } else {
            self.note(client, What::Admitted(send));
            self.events.schedule(self.now + self.scenario.latency.processing, Next::Processed(index));
        }
    }

    pub(super) fn answer_later(&mut self, index: usize) {
        self.events.schedule(self.now + self.on_wire[index].trip.back, Next::Answer(index));
    }

    pub(super) fn answer(&mut self, index: usize) {
        let InFlight { client, ticket, send, answer, .. } = self.on_wire[index];
        let answer = answer.filter(|_| self.has_network());
        let now = self.now;
        let what = match answer {
            None => What::Lost(send),
            Some(answer) if answer.throttled => What::Throttled(send, answer.retry_after),
            Some(_) => What::Answered(send),
        };
        let effects = match answer {
            Some(answer) if !(answer.throttled && self.scenario.hides_throttles) => {
                self.page(client).answer(now, ticket, send.request, answer)
            }
            _ => self.page(client).fail(now, ticket, send.request),
        };
        self.note(client, what);
        self.carry_out(client, effects);
    }
}
