//! The rules that no client may violate.

use api_service_client::throttle::{Notice, ScopeSnapshot, Status};
use api_service_client::time::{Instant, Span};

use crate::client::{Answer, Effect, RequestId};

/// Observes one client and collects violated rules. All times are on the client's clock.
#[derive(Debug)]
pub struct Invariants {
    max_in_flight: u32,
    on_wire: u32,
    /// The end of the pause that the gateway asked for.
    asked_until: Instant,
    /// The end of the pause that listeners were told.
    announced_until: Instant,
    /// Whether the browser reports a network.
    has_network: bool,
    calls: Vec<(RequestId, Call)>,
    broken: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    Waits,
    InFlight,
    Ended,
}

impl Invariants {
    /// Starts before the first event.
    #[must_use]
    pub fn new(max_in_flight: u32) -> Invariants {
        Invariants {
            max_in_flight,
            on_wire: 0,
            asked_until: Instant::START,
            announced_until: Instant::START,
            has_network: true,
            calls: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Records a call. Numbers of requests increase.
    pub fn called(&mut self, request: RequestId) {
        self.calls.push((request, Call::Waits));
    }

    /// Records the browser's news of the network.
    pub fn network(&mut self, is_there: bool) {
        self.has_network = is_there;
    }

    /// Records an error.
    pub fn failed(&mut self, now: Instant, request: RequestId) {
        self.on_wire = self.on_wire.saturating_sub(1);
        if self.call(request).replace(Call::Waits) != Some(Call::InFlight) {
            self.breaks(now, &format!("{request:?} has come back and was not on the wire"));
        }
    }

    /// Records an answer.
    pub fn answered(&mut self, now: Instant, request: RequestId, answer: Answer) {
        self.failed(now, request);
        if let Some(delay) = answer.retry_after.filter(|_| answer.throttled) {
            self.asked_until = self.asked_until.max(now + delay);
        }
    }

    /// Checks an action of the client.
    pub fn does(&mut self, now: Instant, effect: Effect, scope: &ScopeSnapshot) {
        match effect {
            Effect::Send(_, request) => self.sends(now, request, scope),
            Effect::End(request, _) => {
                if self.call(request).replace(Call::Ended) != Some(Call::Waits) {
                    self.breaks(now, &format!("{request:?} ends twice, or before its answer"));
                }
            }
            Effect::Notice(Notice::Throttled { delay, .. } | Notice::Extended { delay, .. }) => {
                self.announced_until = self.announced_until.max(now + delay);
            }
            Effect::Probe | Effect::Notice(_) => {}
        }
    }

    /// Checks the scope after all actions of an event.
    pub fn settled(&mut self, now: Instant, scope: &ScopeSnapshot) {
        if scope.in_flight != self.on_wire {
            self.breaks(now, &format!("it shows {} in flight and has {}", scope.in_flight, self.on_wire));
        }
    }

    /// Ends the run and returns the violations.
    #[must_use]
    pub fn finished(mut self, now: Instant) -> Vec<String> {
        let unended = self.calls.iter().filter(|(_, call)| *call != Call::Ended).count();
        if unended > 0 {
            self.breaks(now, &format!("{unended} calls never ended"));
        }
        self.broken
    }

    fn sends(&mut self, now: Instant, request: RequestId, scope: &ScopeSnapshot) {
        if self.call(request).replace(Call::InFlight) != Some(Call::Waits) {
            self.breaks(now, &format!("{request:?} is sent and does not wait"));
        }
        self.on_wire += 1;
        if self.on_wire > self.max_in_flight {
            self.breaks(now, &format!("{} are on the wire", self.on_wire));
        }
        if !self.has_network {
            self.breaks(now, &format!("{request:?} is sent without a network"));
        }
        if scope.status == Status::Paused {
            self.breaks(now, &format!("{request:?} is sent during a pause"));
        }
        for (until, whom) in
            [(self.asked_until, "the gateway asked"), (self.announced_until, "listeners were told")]
        {
            let early = until.since(now);
            if early > Span::ZERO {
                self.breaks(now, &format!("{request:?} is sent {} ms before {whom}", early.as_js_millis()));
            }
        }
    }

    fn call(&mut self, request: RequestId) -> CallOf<'_> {
        let at = self.calls.binary_search_by_key(&request, |(id, _)| *id);
        CallOf(at.ok().and_then(|at| self.calls.get_mut(at)).map(|(_, call)| call))
    }

    fn breaks(&mut self, now: Instant, what: &str) {
        self.broken.push(format!("at {:.6} s {what}", now.since(Instant::START).as_secs()));
    }
}

/// The state of a call, if the call exists.
struct CallOf<'a>(Option<&'a mut Call>);

impl CallOf<'_> {
    fn replace(self, new: Call) -> Option<Call> {
        self.0.map(|call| std::mem::replace(call, new))
    }
}
