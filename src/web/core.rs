use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::client::Client;
use super::clock::wall;
use super::errors::error_of;
use super::events::millis;
use super::fields::{Answer, AnswerHeaders};
use super::lane::{Call, Lane};
use super::options;
use super::surroundings::Surroundings;
use super::verdict::Verdict;
use crate::headers::{Class, classify, classify_body, rate_limit, requested_delay};
use crate::throttle::{Budget, Disposition, Entry, Priority, Request, RequestedDelay, Ticket, UniformSample};
use crate::time::Span;

/// The WebAssembly half of a client. `ApiServiceClient` of the package is made of it and of `calls.js`.
///
/// Scopes go by number, calls by the number of their ticket. Whoever calls something that may change a scope calls
/// [`Core::drive`] afterwards, as soon as its own side is ready to be called back.
#[wasm_bindgen]
pub struct Core(Rc<Client>);

// Bits of what `enter` is told; the same stand in calls.js.
const RESEND: u32 = 1;
const AGAIN_IF_UNAVAILABLE: u32 = 2;
const AGAIN_IF_OPAQUE: u32 = 4;

#[wasm_bindgen]
impl Core {
    /// A client with these options that sends its events to `target`.
    ///
    /// # Errors
    /// A TypeError that names the option and its bad value.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, target: &EventTarget) -> Result<Core, JsValue> {
        Ok(Core(Client::new(options::read(options)?, target)))
    }

    /// The number of the scope with this name.
    pub fn scope(&self, name: String) -> u32 {
        self.0.scope(name)
    }

    /// A call is made, which waits for so long at most, or as the options say for NaN. Returns its ticket: above zero if
    /// it is to be sent now, below if it waits.
    ///
    /// # Errors
    /// The error to reject the call with, if it cannot even wait.
    pub fn enter(
        &self,
        scope: u32,
        call: Call,
        priority: u32,
        flags: u32,
        max_wait_ms: f64,
    ) -> Result<f64, JsValue> {
        let max_wait = options::millis(max_wait_ms).or(self.0.options.max_wait);
        let Some(lane) = self.0.lane(scope) else { return Ok(0.0) };
        let (lane, route) = self.0.lane_for(lane, &call);
        let request = Request {
            priority: match priority {
                0 => Priority::High,
                1 => Priority::Auto,
                _ => Priority::Low,
            },
            max_wait,
            resend: flags & RESEND != 0,
            idempotent: flags & AGAIN_IF_UNAVAILABLE != 0,
            safe: flags & AGAIN_IF_OPAQUE != 0,
            route,
        };
        let entry = lane.scope.borrow_mut().enqueue(self.0.clock.now(), request, call);
        match entry {
            Ok(Entry::Send(ticket)) => Ok(ticket.to_number()),
            Ok(Entry::Wait(ticket)) => Ok(-ticket.to_number()),
            Err(refusal) => Err(error_of(refusal.rejection, &lane.name, &self.0.clock)),
        }
    }

    /// A call was answered. Says what becomes of the answer.
    pub fn answered(&self, scope: u32, ticket: f64, status: u32, response: &Answer) -> u32 {
        let Some(lane) = self.0.lane(scope) else { return Verdict::Deliver as u32 };
        let ticket = Ticket::from_number(ticket);
        let headers = response.headers().ok();
        // What the server says it will still take counts whatever the answer is.
        let now = self.0.clock.now();
        if let Some(budget) = rate_limit(&headers, self.0.clock.date(now)).and_then(Budget::of) {
            lane.scope.borrow_mut().announce_budget(now, budget);
        }
        let verdict = if matches!(status, 429 | 503) {
            let class = classify(status as u16, &headers);
            self.judge(&lane, ticket, class, status as u16, &headers, response)
        } else {
            lane.scope.borrow_mut().accepted(now, ticket);
            Verdict::Deliver
        };
        verdict as u32
    }

    /// The body of an undecided answer was read.
    pub fn judged(&self, scope: u32, ticket: f64, body: &str, response: &Answer) -> u32 {
        let Some(lane) = self.0.lane(scope) else { return Verdict::Deliver as u32 };
        let headers = response.headers().ok();
        let ticket = Ticket::from_number(ticket);
        self.judge(&lane, ticket, classify_body(body), 429, &headers, response) as u32
    }

    /// A call came back without an answer; `is_opaque` if a browser says no more of an answer that it hides. Says what
    /// becomes of the error.
    pub fn failed(&self, scope: u32, ticket: f64, is_opaque: bool) -> u32 {
        let Some(lane) = self.0.lane(scope) else { return Verdict::Deliver as u32 };
        let (now, ticket) = (self.0.clock.now(), Ticket::from_number(ticket));
        let verdict = if is_opaque {
            self.0.throttles(&lane, ticket);
            verdict_of(&lane.scope.borrow_mut().failed_opaquely(now, ticket, random_sample()))
        } else {
            lane.scope.borrow_mut().failed(now, ticket);
            Verdict::Deliver
        };
        verdict as u32
    }

    /// The probe of a scope is back: did it reach the server?
    pub fn probed(&self, scope: u32, is_reachable: bool) {
        if let Some(lane) = self.0.lane(scope) {
            lane.scope.borrow_mut().reachability_checked(self.0.clock.now(), is_reachable, random_sample());
        }
    }

    /// A caller has lost interest.
    pub fn abort(&self, scope: u32, ticket: f64) {
        if let Some(lane) = self.0.lane(scope) {
            lane.scope.borrow_mut().abort(self.0.clock.now(), Ticket::from_number(ticket));
        }
    }

    /// What is around the client is followed from now on, until it is closed or forgotten.
    pub fn follow(&self, surroundings: Surroundings) {
        self.0.follow(surroundings);
    }

    /// The clock is to be looked at again, or the network has come or gone.
    #[wasm_bindgen(js_name = lookAround)]
    pub fn look_around(&self) {
        self.0.look_around();
    }

    /// Another tab says something of the scope with this key, and has posted it at this time (epoch milliseconds).
    pub fn hear(&self, key: u64, posted_at: f64, word: &[f64]) {
        self.0.hear(key, posted_at, word);
    }

    /// Carries out what the scope has decided.
    pub fn drive(&self, scope: u32) {
        if let Some(lane) = self.0.lane(scope) {
            self.0.drive(&lane);
        }
    }

    /// An answer that this client did not ask for. Returns for how long the scope now pauses, in milliseconds.
    #[wasm_bindgen(js_name = answeredElsewhere)]
    pub fn answered_elsewhere(&self, scope: u32, status: u32, response: &Answer) -> f64 {
        let Some(lane) = self.0.lane(scope) else { return 0.0 };
        let headers = response.headers().ok();
        let status = u16::try_from(status).unwrap_or_default();
        let now = self.0.clock.now();
        let paused = match classify(status, &headers) {
            Class::Throttled | Class::Undecided => {
                lane.cause.replace(Some(response.into()));
                let advice = requested_delay(status, &headers, wall()).map(RequestedDelay::from);
                lane.scope.borrow_mut().throttled_externally(now, advice, random_sample())
            }
            Class::QuotaExceeded => {
                lane.cause.replace(Some(response.into()));
                lane.scope.borrow_mut().quota_exceeded_externally(now);
                Span::ZERO
            }
            Class::Other => Span::ZERO,
        };
        self.0.drive(&lane);
        millis(paused)
    }

    /// Holds every scope by hand, for NaN until [`Core::resume`].
    pub fn pause(&self, duration_ms: f64) {
        self.0.pause(options::millis(duration_ms));
    }

    /// Ends every pause.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// Rejects what waits, and every later call.
    pub fn close(&self) {
        self.0.close();
    }

    /// The frozen snapshot: the same object until something in it changes.
    pub fn state(&self) -> JsValue {
        self.0.state()
    }

    /// Somebody listens for changes of the state from now on.
    pub fn watch(&self) {
        self.0.announcer.watch();
    }
}

impl Core {
    fn judge(
        &self,
        lane: &Rc<Lane>,
        ticket: Ticket,
        class: Class,
        status: u16,
        headers: &Option<AnswerHeaders>,
        response: &Answer,
    ) -> Verdict {
        let now = self.0.clock.now();
        if class == Class::Undecided {
            lane.scope.borrow_mut().suspect(now);
            return Verdict::Undecided;
        }
        if class == Class::Other {
            lane.scope.borrow_mut().accepted(now, ticket);
            return Verdict::Deliver;
        }
        lane.cause.replace(Some(response.into()));
        if class == Class::QuotaExceeded {
            lane.scope.borrow_mut().quota_exceeded(now, ticket);
            return Verdict::Deliver;
        }
        self.0.throttles(lane, ticket);
        let advice = requested_delay(status, headers, wall()).map(RequestedDelay::from);
        let fate = match advice {
            Some(advice) if status == 503 => {
                lane.scope.borrow_mut().unavailable(now, ticket, advice, random_sample())
            }
            _ => lane.scope.borrow_mut().throttled(now, ticket, advice, random_sample()),
        };
        verdict_of(&fate)
    }
}

fn verdict_of(fate: &Disposition<Call>) -> Verdict {
    match fate {
        Disposition::Deliver(_) => Verdict::Deliver,
        Disposition::Requeued | Disposition::Held | Disposition::Ended => Verdict::Withheld,
    }
}

pub(super) fn random_sample() -> UniformSample {
    UniformSample::from_bits(random_u32())
}

/// Without a source of randomness jitter is the least of anyone's worries: the middle will do.
pub(super) fn random_u32() -> u32 {
    getrandom::u32().unwrap_or(1 << 31)
}
