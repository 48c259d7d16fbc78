//! The project's client, as it comes.

use std::collections::HashMap;

use api_service_client::throttle::Ticket;
use api_service_client::time::Instant;
use fastrand::Rng;

use crate::client::{Answer, Client, Effect, RequestId, Setup};
use crate::crowd::user::{Step, User};

pub(crate) struct Ours {
    client: Client,
    tickets: HashMap<RequestId, Ticket>,
    effects: Vec<Effect>,
}

impl Ours {
    pub(crate) fn new(rng: Rng) -> Ours {
        let client = Client::new(&Setup::default(), rng);
        Ours { client, tickets: HashMap::new(), effects: Vec::new() }
    }

    fn carry_out(&mut self, steps: &mut Vec<Step>) {
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Send(ticket, call) => {
                    self.tickets.insert(call, ticket);
                    steps.push(Step::Send(call));
                }
                Effect::End(call, ending) => {
                    self.tickets.remove(&call);
                    steps.push(Step::End(call, ending));
                }
                Effect::Probe | Effect::Notice(_) => {}
            }
        }
    }
}

impl User for Ours {
    fn call(&mut self, now: Instant, call: RequestId, steps: &mut Vec<Step>) {
        self.client.call(now, call, &mut self.effects);
        self.carry_out(steps);
    }

    fn answer(&mut self, now: Instant, call: RequestId, answer: Answer, steps: &mut Vec<Step>) {
        if let Some(ticket) = self.tickets.get(&call) {
            self.client.answer(now, *ticket, answer, &mut self.effects);
        }
        self.carry_out(steps);
    }

    fn wake(&mut self, now: Instant, steps: &mut Vec<Step>) {
        self.client.wake(now, &mut self.effects);
        self.carry_out(steps);
    }

    fn next_wake(&mut self, now: Instant) -> Option<Instant> {
        self.client.next_wake(now)
    }

    fn network(&mut self, now: Instant, is_there: bool, steps: &mut Vec<Step>) {
        self.client.network(now, is_there, &mut self.effects);
        self.carry_out(steps);
    }
}
