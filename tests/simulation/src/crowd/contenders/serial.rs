//! p-queue with one request at a time. The page pauses the queue after a 429, and adds the call again, in front.

use std::collections::BTreeSet;

use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Answer, Ending, RequestId};
use crate::crowd::user::{Step, User};

const BASE_SECS: f64 = 1.0;
const LONGEST_SECS: f64 = 30.0;
const LEAST_SECS: f64 = 0.1;

pub(crate) struct Serial {
    waiting: BTreeSet<RequestId>,
    is_busy: bool,
    throttles_in_a_row: i32,
    paused_until: Option<Instant>,
    rng: Rng,
}

impl Serial {
    pub(crate) fn new(rng: Rng) -> Serial {
        Serial { waiting: BTreeSet::new(), is_busy: false, throttles_in_a_row: 0, paused_until: None, rng }
    }

    fn send(&mut self, steps: &mut Vec<Step>) {
        if self.is_busy || self.paused_until.is_some() {
            return;
        }
        if let Some(call) = self.waiting.pop_first() {
            self.is_busy = true;
            steps.push(Step::Send(call));
        }
    }

    fn backoff(&mut self) -> Span {
        let longest = (BASE_SECS * 2f64.powi(self.throttles_in_a_row)).min(LONGEST_SECS);
        Span::from_secs_ceil((self.rng.f64() * longest).max(LEAST_SECS))
    }
}

impl User for Serial {
    fn call(&mut self, _now: Instant, call: RequestId, steps: &mut Vec<Step>) {
        self.waiting.insert(call);
        self.send(steps);
    }

    fn answer(&mut self, now: Instant, call: RequestId, answer: Answer, steps: &mut Vec<Step>) {
        self.is_busy = false;
        if answer.throttled {
            // The call that was refused is the oldest, so that it is in front again.
            self.waiting.insert(call);
            let wait = answer.retry_after.unwrap_or_else(|| self.backoff());
            self.throttles_in_a_row += 1;
            self.paused_until = Some(now + wait);
        } else {
            self.throttles_in_a_row = 0;
            steps.push(Step::End(call, Ending::Answered));
        }
        self.send(steps);
    }

    fn wake(&mut self, now: Instant, steps: &mut Vec<Step>) {
        self.paused_until.take_if(|until| *until <= now);
        self.send(steps);
    }

    fn next_wake(&mut self, _now: Instant) -> Option<Instant> {
        self.paused_until
    }
}
