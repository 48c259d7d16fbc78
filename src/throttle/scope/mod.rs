//! A scope: the state machine of everything that shares one limit.

mod answered;
mod failed;
mod offline;
mod pausing;
mod retry;
mod route_split;
mod tabs;
mod throttled;

use std::collections::VecDeque;

use crate::throttle::action::{Action, NotQueued, Rejection};
use crate::throttle::config::{Limits, Plan};
use crate::throttle::hold::Hold;
use crate::throttle::hold::backoff::Backoff;
use crate::throttle::hold::server_budget::ServerBudget;
use crate::throttle::limit::Pacer;
use crate::throttle::limit::permit::Permit;
use crate::throttle::opaque::OpaqueThrottleDetector;
use crate::throttle::queue::RequestQueue;
use crate::throttle::queue::attempt::{Attempt, FinishedAttempt};
use crate::throttle::queue::request::{Entry, Request};
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::routes::detector::RouteDetector;
use crate::throttle::status::{ScopeSnapshot, Status};
use crate::throttle::tabs::Tabs;
use crate::throttle::tabs::persisted::PersistedState;
use crate::time::Instant;

/// Everything that shares one limit: what waits, what is on the wire, and whether anything may leave.
///
/// `T` is whatever the driver needs to have a request sent and its caller answered. The scope gives it back exactly
/// once: by [`finish`](Scope::finish), by [`abort`](Scope::abort), by a [`NotQueued`], or by an [`Action::Reject`].
#[derive(Debug)]
pub struct Scope<T> {
    limits: Limits,
    backoff: Backoff,
    queue: RequestQueue<T>,
    pacer: Pacer,
    server_budget: Option<ServerBudget>,
    hold: Hold,
    opaque: OpaqueThrottleDetector,
    routes: RouteDetector,
    /// The start of a pause that is over, and whose probe is not accepted yet.
    probing_since: Option<Instant>,
    /// Whether the queue has not been empty since the last pause.
    is_recovering: bool,
    actions: VecDeque<Action<T>>,
    sent: u32,
    throttled: u32,
    /// Pauses and used-up quotas so far; wraps. Tells which an answer belongs to.
    pauses: u32,
    /// The other tabs, if anything is shared with them.
    tabs: Option<Tabs>,
    memory: PersistedState,
    /// When a person last ended a pause.
    released_at: Option<Instant>,
    /// When the last pause ended.
    resumed_at: Option<Instant>,
}

impl<T> Scope<T> {
    /// A scope that has met no limit.
    #[must_use]
    pub fn new(limits: Limits, backoff: Backoff, plan: Option<Plan>) -> Scope<T> {
        Scope {
            limits,
            backoff,
            queue: RequestQueue::default(),
            pacer: Pacer::new(limits.max_in_flight, plan),
            server_budget: None,
            hold: Hold::default(),
            opaque: OpaqueThrottleDetector::new(),
            routes: RouteDetector::default(),
            probing_since: None,
            is_recovering: false,
            actions: VecDeque::new(),
            sent: 0,
            throttled: 0,
            pauses: 0,
            tabs: None,
            memory: PersistedState::default(),
            released_at: None,
            resumed_at: None,
        }
    }

    /// A request is called.
    ///
    /// # Errors
    /// Gives the payload back if the request cannot even wait: the scope is closed, its quota used up, its queue full,
    /// or its pause longer than anyone should wait.
    pub fn enqueue(&mut self, now: Instant, request: Request, payload: T) -> Result<Entry, NotQueued<T>> {
        self.end_waits(now);
        self.turns_busy(now);
        self.send_waiting(now);
        if self.queue.waiting == 0 && self.permit(now) == Permit::Now {
            let attempt = self.take_off(now);
            let ticket = self.queue.add_sent(now, request, payload, attempt);
            self.advance(now);
            return Ok(Entry::Send(ticket));
        }
        if let Some(rejection) = self.refuses(now) {
            return Err(NotQueued { payload, rejection });
        }
        let ticket = self.queue.add(now, request, payload);
        self.advance(now);
        Ok(Entry::Wait(ticket))
    }

    /// A caller has lost interest, wherever the request is. Its state is free at once.
    pub fn abort(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        self.queue.get(ticket)?;
        self.finish_attempt(now, ticket);
        let ended = self.queue.remove(ticket);
        self.wake(now);
        ended.map(|pending| pending.payload)
    }

    /// Ends the scope: what waits is rejected, what is on the wire ends by itself.
    pub fn close(&mut self) {
        self.hold.close();
        self.give_up_held();
        self.reject_waiting(Rejection::Closed);
    }

    /// Time has passed. Never needed before [`Scope::next_wake`], never harmful.
    pub fn wake(&mut self, now: Instant) {
        self.end_waits(now);
        self.send_waiting(now);
    }

    /// Ends the pause, the waits for a probe or a network, and the requests whose time is over.
    fn end_waits(&mut self, now: Instant) {
        self.end_pause(now);
        self.wake_opaque(now);
        self.wake_offline(now);
        while let Some(pending) = self.queue.remove_expired(now) {
            let rejection = Rejection::QueueTimeout { waited: now.since(pending.called_at) };
            self.actions.push_back(Action::Reject(pending.payload, rejection));
        }
    }

    /// Sends what may leave now.
    fn send_waiting(&mut self, now: Instant) {
        self.advance(now);
        while self.queue.waiting > 0 && self.permit(now) == Permit::Now {
            let attempt = self.take_off(now);
            let Some(ticket) = self.queue.send_next(attempt) else { break };
            self.actions.push_back(Action::Send(ticket));
            self.advance(now);
        }
        if self.queue.waiting == 0 && self.probing_since.is_none() {
            self.is_recovering = false;
        }
    }

    /// When [`Scope::wake`] has to be called next; `None` if only an answer or a call can change anything.
    pub fn next_wake(&mut self, now: Instant) -> Option<Instant> {
        let next_token = match self.permit(now) {
            _ if self.queue.waiting == 0 => None,
            Permit::Now => Some(now),
            Permit::At(at) => Some(at),
            Permit::OnceAnswered => None,
        };
        let probe = self.opaque.probe_until();
        let (word, unheard) = (self.next_word(now), self.listens_until(now));
        [self.queue.next_deadline(), self.hold.next_wake(), probe, next_token, word, unheard]
            .into_iter()
            .flatten()
            .min()
    }

    /// The next thing to be done.
    pub fn next_action(&mut self) -> Option<Action<T>> {
        self.actions.pop_front()
    }

    /// The payload of a request that has not ended.
    #[must_use]
    pub fn payload(&self, ticket: Ticket) -> Option<&T> {
        self.queue.get(ticket).map(|pending| &pending.payload)
    }

    /// What the scope shows of itself.
    #[must_use]
    pub fn snapshot(&self) -> ScopeSnapshot {
        let unheld = if self.is_recovering { Status::Recovering } else { Status::Open };
        let (status, resume_at) = self.hold.status().unwrap_or((unheld, None));
        ScopeSnapshot {
            status,
            resume_at,
            queued: self.queue.waiting,
            in_flight: self.queue.in_flight,
            rate: self.pacer.rate(),
            sent: self.sent,
            throttled: self.throttled,
            is_offline: self.hold.is_offline(),
        }
    }

    /// Brings what depends on the time and on the queue up to date.
    pub(crate) fn advance(&mut self, now: Instant) {
        if !self.is_blocked(now) {
            self.share(now);
            self.pacer.advance(now, self.queue.in_flight, self.queue.waiting);
        }
    }

    /// Whether nothing may leave, whatever the limit admits.
    fn is_blocked(&self, now: Instant) -> bool {
        self.hold.blocks(now) || self.opaque.holds() || self.queue.in_flight >= self.limits.max_in_flight
    }

    /// Whether one more may leave now, and if not, when.
    fn permit(&self, now: Instant) -> Permit {
        if self.is_blocked(now) {
            return Permit::OnceAnswered;
        }
        match self
            .server_budget
            .and_then(|server_budget| server_budget.blocks_until(now, self.queue.in_flight))
        {
            Some(until) => Permit::At(until),
            None => self.pacer.permit(now),
        }
    }

    /// Why one more could not even wait, if so.
    fn refuses(&self, now: Instant) -> Option<Rejection> {
        let limit = self.limits.max_queue;
        self.rejection(now)
            .or_else(|| (self.queue.waiting >= limit).then_some(Rejection::QueueFull { limit }))
    }

    /// Why nothing should wait any more, if so.
    fn rejection(&self, now: Instant) -> Option<Rejection> {
        self.hold.rejection(now, self.limits.max_pause)
    }

    fn take_off(&mut self, now: Instant) -> Attempt {
        self.sent = self.sent.wrapping_add(1);
        self.pacer.sent(now);
        if let Some(quota) = self.hold.quota() {
            quota.probe_sent();
        }
        Attempt { sent_at: now, pauses: self.pauses }
    }

    /// Whether something was sent after the last pause: only then does it say anything about the limit as it is now.
    fn is_current(&self, attempt: Attempt) -> bool {
        attempt.pauses == self.pauses
    }

    fn finish_attempt(&mut self, now: Instant, ticket: Ticket) -> Option<FinishedAttempt> {
        let in_flight = self.queue.in_flight;
        let attempt = self.queue.finish_attempt(ticket)?;
        let is_current = self.is_current(attempt);
        self.pacer.returns(now, in_flight, is_current);
        if is_current && let Some(quota) = self.hold.quota() {
            quota.probe_ended();
        }
        Some(FinishedAttempt { ticket, attempt, at: now })
    }

    fn reject(&mut self, ticket: Ticket, rejection: Rejection) {
        if let Some(pending) = self.queue.remove(ticket) {
            self.actions.push_back(Action::Reject(pending.payload, rejection));
        }
    }

    fn reject_waiting(&mut self, rejection: Rejection) {
        while let Some(pending) = self.queue.remove_next() {
            self.actions.push_back(Action::Reject(pending.payload, rejection));
        }
    }
}
