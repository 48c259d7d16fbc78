//! ky with jitter, told never to give up: each call is sent at once, and again after a backoff of its own.

use std::collections::HashMap;

use api_service_client::time::{Instant, Span};
use fastrand::Rng;

use crate::client::{Answer, Ending, RequestId};
use crate::crowd::contenders::timers::Timers;
use crate::crowd::user::{Step, User};

const BASE_SECS: f64 = 0.3;
const LONGEST_SECS: f64 = 30.0;

pub(crate) struct Endless {
    throttles: HashMap<RequestId, i32>,
    timers: Timers,
    rng: Rng,
}

impl Endless {
    pub(crate) fn new(rng: Rng) -> Endless {
        Endless { throttles: HashMap::new(), timers: Timers::default(), rng }
    }
}

impl User for Endless {
    fn call(&mut self, _now: Instant, call: RequestId, steps: &mut Vec<Step>) {
        steps.push(Step::Send(call));
    }

    fn answer(&mut self, now: Instant, call: RequestId, answer: Answer, steps: &mut Vec<Step>) {
        if !answer.throttled {
            return steps.push(Step::End(call, Ending::Answered));
        }
        let throttles = self.throttles.entry(call).or_insert(0);
        let longest = (BASE_SECS * 2f64.powi(*throttles)).min(LONGEST_SECS);
        *throttles += 1;
        let backoff = Span::from_secs_ceil(longest * self.rng.f64());
        self.timers.set(now + answer.retry_after.unwrap_or(backoff), call);
    }

    fn wake(&mut self, now: Instant, steps: &mut Vec<Step>) {
        steps.extend(std::iter::from_fn(|| self.timers.pop_due(now)).map(Step::Send));
    }

    fn next_wake(&mut self, _now: Instant) -> Option<Instant> {
        self.timers.next()
    }
}
