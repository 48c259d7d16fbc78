//! Drives a scope by hand: see [`Client`].

mod events;
mod invariants;
mod tabs;
mod time;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use api_service_client::throttle::{
    Action, Backoff, Jitter, Limits, Notice, OpaqueThrottling, PauseSource, Priority, Rejection, Request,
    Scope, ScopeSnapshot, Status, Ticket,
};
use api_service_client::time::{Instant, Span};

use invariants::Invariants;
pub(super) use tabs::{Bucket, Tabs};

/// The smallest client: a scope, a virtual clock, and a wire on which no request is answered by itself.
///
/// Tests name the calls by their numbers, from 1. After each step, the client carries out the actions and checks the
/// [`Invariants`].
pub(super) struct Client {
    scope: Scope<Payload>,
    now: Instant,
    calls: Vec<Call>,
    /// The queued requests, in the order in which they have to be sent.
    waiting: BTreeSet<(Priority, u32)>,
    wire: Vec<u32>,
    sends: Vec<u32>,
    notices: Vec<Notice>,
    /// Messages to other tabs, and states to persist, that no test has taken yet.
    messages: Vec<Vec<f64>>,
    persisted: Vec<Vec<f64>>,
    /// Requests whose outcome is withheld from their callers: each is requeued or ended by an action, or awaits a
    /// reachability check.
    withheld: BTreeSet<u32>,
    /// Reachability checks that no test has taken yet.
    checks: u32,
    invariants: Invariants,
    /// Payloads that have not been dropped.
    payloads: Rc<Cell<usize>>,
}

/// The payload of a call.
#[derive(Debug)]
struct Payload {
    id: u32,
    alive: Rc<Cell<usize>>,
}

impl Drop for Payload {
    fn drop(&mut self) {
        self.alive.set(self.alive.get() - 1);
    }
}

/// A call, as the driver knows it.
struct Call {
    request: Request,
    at: Instant,
    ticket: Option<Ticket>,
    sends: u32,
    end: Option<End>,
}

/// The end of a request, as its caller sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Accepted,
    /// With the response of a throttle or a used-up quota.
    Refused,
    Failed,
    Aborted,
    Rejected(Rejection),
}

impl Client {
    /// Makes a client with the limits of the npm package, and no jitter: every pause is predictable.
    pub(super) fn new() -> Client {
        Client::with_limits(Limits::default())
    }

    pub(super) fn with_limits(limits: Limits) -> Client {
        Client::with(limits, Backoff::new(millis(500), secs(30), Jitter::None))
    }

    pub(super) fn with(limits: Limits, backoff: Backoff) -> Client {
        Client {
            scope: Scope::new(limits, backoff, None),
            now: Instant::START,
            calls: Vec::new(),
            waiting: BTreeSet::new(),
            wire: Vec::new(),
            sends: Vec::new(),
            notices: Vec::new(),
            messages: Vec::new(),
            persisted: Vec::new(),
            withheld: BTreeSet::new(),
            checks: 0,
            invariants: Invariants::new(limits),
            payloads: Rc::default(),
        }
    }

    /// Makes a client with this treatment of throttles that CORS hides.
    pub(super) fn with_opaque_throttling(limits: Limits, backoff: Backoff, mode: OpaqueThrottling) -> Client {
        let mut client = Client::with(limits, backoff);
        client.scope.set_opaque_throttling(mode);
        client
    }

    /// The requests in flight, in the order in which they were sent.
    pub(super) fn wire(&self) -> &[u32] {
        &self.wire
    }

    /// Takes the requests that were sent since the last call.
    pub(super) fn sent(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.sends)
    }

    /// Takes the notices since the last call.
    pub(super) fn notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Takes the messages to other tabs since the last call.
    pub(super) fn messages(&mut self) -> Vec<Vec<f64>> {
        std::mem::take(&mut self.messages)
    }

    /// Takes the states to persist since the last call.
    pub(super) fn persisted(&mut self) -> Vec<Vec<f64>> {
        std::mem::take(&mut self.persisted)
    }

    /// Takes the number of reachability checks since the last call.
    pub(super) fn checks(&mut self) -> u32 {
        std::mem::take(&mut self.checks)
    }

    /// The end of a request, if it has ended.
    pub(super) fn end_of(&self, id: u32) -> Option<End> {
        self.look_up(id).end
    }

    /// The number of calls so far.
    pub(super) fn calls_so_far(&self) -> u32 {
        self.calls.len() as u32
    }

    pub(super) fn snapshot(&self) -> ScopeSnapshot {
        self.scope.snapshot()
    }

    pub(super) fn status(&self) -> Status {
        self.snapshot().status
    }

    pub(super) fn queued(&self) -> u32 {
        self.snapshot().queued
    }

    /// The rest of the pause: zero if there is none, [`Span::MAX`] if it has no end.
    pub(super) fn pause_left(&self) -> Span {
        match self.snapshot() {
            ScopeSnapshot { status: Status::Paused, resume_at, .. } => {
                resume_at.map_or(Span::MAX, |at| at.since(self.now))
            }
            _ => Span::ZERO,
        }
    }

    fn begin(&mut self) {
        self.invariants.begin(&self.scope.snapshot());
    }

    fn settle(&mut self) {
        self.carry_out();
        self.invariants.hold(&self.scope.snapshot(), self.wire.len(), self.waiting.len());
        let alive = self.wire.len() + self.waiting.len() + self.withheld.len();
        assert_eq!(
            self.payloads.get(),
            alive,
            "a payload is held for each request that is alive, and no other"
        );
    }

    fn carry_out(&mut self) {
        while let Some(action) = self.scope.next_action() {
            match action {
                Action::Send(ticket) => self.put_on_wire(ticket),
                Action::Reject(payload, rejection) => {
                    self.end(payload.id, Some(payload), End::Rejected(rejection));
                }
                Action::CheckReachable => self.checks += 1,
                Action::Notify(Notice::Retry { ticket, attempt, delay }) => {
                    let id = self.scope.payload(ticket).expect("what is retried has not ended").id;
                    assert!(self.withheld.remove(&id), "one notice for each request that goes back");
                    self.waiting.insert((self.look_up(id).request.priority, id));
                    assert_eq!((attempt, delay), (self.look_up(id).sends, self.pause_left()));
                }
                Action::SplitRoute(_) | Action::RejoinRoute(_) => unreachable!("no request here has a route"),
                Action::Notify(notice) => {
                    self.invariants.noticed(self.now, notice);
                    self.notices.push(notice);
                }
            }
        }
        self.messages.extend(self.scope.take_message(self.now));
        self.persisted.extend(self.scope.take_persisted(self.now));
    }

    fn put_on_wire(&mut self, ticket: Ticket) {
        let id = self.scope.payload(ticket).expect("what is sent has not ended").id;
        assert!(!self.wire.contains(&id), "{id} is on the wire already");
        let now = self.now;
        let call = self.look_up_mut(id);
        call.ticket = Some(ticket);
        call.sends += 1;
        let Call { request, at, sends, .. } = *call;
        let place = (request.priority, id);
        self.waiting.remove(&place);
        // By priority, then by the order of the calls, whether it was sent before or not.
        assert!(self.waiting.first().is_none_or(|first| *first > place), "{id} leaves before its turn");
        assert!(
            request.max_wait.is_none_or(|wait| now == at || now < at + wait),
            "{id} leaves after its deadline"
        );
        self.invariants.sent(now, id, sends);
        self.wire.push(id);
        self.sends.push(id);
    }

    fn take_off_wire(&mut self, id: u32) {
        self.wire.retain(|other| *other != id);
        self.invariants.returned(id);
    }

    fn end(&mut self, id: u32, payload: Option<Payload>, end: End) {
        assert_eq!(payload.map(|payload| payload.id), Some(id), "the payload of {id} comes back");
        let now = self.now;
        let call = self.look_up_mut(id);
        assert_eq!(call.end, None, "{id} ends twice");
        call.end = Some(end);
        let Call { request, at, .. } = *call;
        if let End::Rejected(rejection) = end {
            self.invariants.rejected(now, request, at, rejection);
        }
        self.waiting.remove(&(request.priority, id));
        self.withheld.remove(&id);
        self.take_off_wire(id);
    }

    fn look_up(&self, id: u32) -> &Call {
        &self.calls[id as usize - 1]
    }

    fn look_up_mut(&mut self, id: u32) -> &mut Call {
        &mut self.calls[id as usize - 1]
    }
}

pub(super) const fn secs(secs: u64) -> Span {
    Span::from_secs(secs)
}

pub(super) const fn millis(millis: u64) -> Span {
    Span::from_millis(millis)
}

/// The notice of a pause that a `Retry-After` begins.
pub(super) const fn paused_for(delay: Span) -> Notice {
    Notice::Throttled { delay, source: PauseSource::RetryAfter }
}

/// The notice of a pause that a `Retry-After` makes longer.
pub(super) const fn extended_to(delay: Span) -> Notice {
    Notice::Extended { delay, source: PauseSource::RetryAfter }
}
