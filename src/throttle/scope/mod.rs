//! A scope: the state machine of everything that shares one limit.

mod answered;
mod failed;
mod offline;
mod pausing;
mod recovery;
mod retry;
mod route_split;
mod tabs;
mod throttled;

use std::collections::VecDeque;

use crate::throttle::action::{Action, NotQueued, Rejection};
use crate::throttle::config::{Limits, Plan};
use crate::throttle::hold::{Backoff, Hold, ServerBudget};
use crate::throttle::limit::Pacer;
use crate::throttle::limit::permit::Permit;
use crate::throttle::opaque::OpaqueThrottleDetector;
use crate::throttle::queue::{Attempt, Entry, FinishedAttempt, Request, RequestQueue, Ticket};
use crate::throttle::routes::detector::RouteDetector;
use crate::throttle::scope::recovery::Recovery;
use crate::throttle::status::{ScopeSnapshot, Status};
use crate::throttle::tabs::Tabs;
use crate::throttle::tabs::persisted::PersistedState;
use crate::time::Instant;

/// The requests that share one limit, and the decision when each is sent.
///
/// `T` is the driver's own data of a request. The scope gives it back exactly once: by [`finish`](Scope::finish), by
/// [`abort`](Scope::abort), by a [`NotQueued`], or by an [`Action::Reject`].
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
    recovery: Recovery,
    actions: VecDeque<Action<T>>,
    /// Attempts so far.
    sent: u32,
    /// Throttles so far.
    throttled: u32,
    /// `None` if nothing is shared with other tabs.
    tabs: Option<Tabs>,
    persisted: PersistedState,
}

impl<T> Scope<T> {
    /// Makes a scope that has met no limit.
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
            recovery: Recovery::default(),
            actions: VecDeque::new(),
            sent: 0,
            throttled: 0,
            tabs: None,
            persisted: PersistedState::default(),
        }
    }

    /// Takes a request.
    ///
    /// # Errors
    /// Gives the payload back if the request may not wait: the scope is closed, its quota used up, its queue full, or
    /// its pause longer than `max_pause`.
    pub fn enqueue(&mut self, now: Instant, request: Request, payload: T) -> Result<Entry, NotQueued<T>> {
        self.end_waits(now);
        self.expect_demand(now);
        self.send_queued(now);
        if self.queue.waiting == 0 && self.permit(now) == Permit::Now {
            let attempt = self.start_attempt(now);
            let ticket = self.queue.add_sent(now, request, payload, attempt);
            self.advance(now);
            return Ok(Entry::Send(ticket));
        }
        if let Some(rejection) = self.rejection_of_new(now) {
            return Err(NotQueued { payload, rejection });
        }
        let ticket = self.queue.add(now, request, payload);
        self.advance(now);
        Ok(Entry::Wait(ticket))
    }

    /// Ends a request that its caller has aborted, whatever its state.
    pub fn abort(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        self.queue.get(ticket)?;
        self.finish_attempt(now, ticket);
        let pending = self.queue.remove(ticket);
        self.wake(now);
        pending.map(|pending| pending.payload)
    }

    /// Closes the scope: rejects the queued requests. Requests in flight may still be finished.
    pub fn close(&mut self) {
        self.hold.close();
        self.give_up_check();
        self.reject_queued(Rejection::Closed);
    }

    /// Takes the passing of time. Needed at [`Scope::next_wake`], and harmless at any other time.
    pub fn wake(&mut self, now: Instant) {
        self.end_waits(now);
        self.send_queued(now);
    }

    /// Returns the time of the next [`Scope::wake`]; `None` if only a call or a response can change anything.
    pub fn next_wake(&mut self, now: Instant) -> Option<Instant> {
        let next_send = match self.permit(now) {
            _ if self.queue.waiting == 0 => None,
            Permit::Now => Some(now),
            Permit::At(at) => Some(at),
            Permit::OnceAnswered => None,
        };
        [
            self.queue.next_deadline(),
            self.hold.next_wake(),
            self.opaque.check_until(),
            next_send,
            self.next_message(now),
            self.replies_until(now),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Takes the next action out of the scope.
    pub fn next_action(&mut self) -> Option<Action<T>> {
        self.actions.pop_front()
    }

    /// Returns the payload of a request that has not ended.
    #[must_use]
    pub fn payload(&self, ticket: Ticket) -> Option<&T> {
        self.queue.get(ticket).map(|pending| &pending.payload)
    }

    /// Returns the state of the scope that users see.
    #[must_use]
    pub fn snapshot(&self) -> ScopeSnapshot {
        let unblocked = if self.recovery.is_recovering { Status::Recovering } else { Status::Open };
        let (status, resume_at) = self.hold.status().unwrap_or((unblocked, None));
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

    /// Ends the pause, the reachability check, the outage and the requests whose time is over.
    fn end_waits(&mut self, now: Instant) {
        self.end_pause(now);
        self.end_late_check(now);
        if self.hold.offline_is_over(now) {
            self.reconnect(now);
        }
        while let Some(pending) = self.queue.remove_expired(now) {
            let rejection = Rejection::QueueTimeout { waited: now.since(pending.called_at) };
            self.actions.push_back(Action::Reject(pending.payload, rejection));
        }
    }

    /// Sends the queued requests that are permitted now.
    fn send_queued(&mut self, now: Instant) {
        self.advance(now);
        while self.queue.waiting > 0 && self.permit(now) == Permit::Now {
            let attempt = self.start_attempt(now);
            let Some(ticket) = self.queue.send_next(attempt) else { break };
            self.actions.push_back(Action::Send(ticket));
            self.advance(now);
        }
        if self.queue.waiting == 0 {
            self.recovery.queue_emptied();
        }
    }

    /// Brings the pacer up to date with the time, the queue and the other tabs.
    fn advance(&mut self, now: Instant) {
        if !self.is_blocked(now) {
            self.update_share(now);
            self.pacer.advance(now, self.queue.in_flight, self.queue.waiting);
        }
    }

    /// Whether nothing may be sent, whatever the limit admits.
    fn is_blocked(&self, now: Instant) -> bool {
        self.hold.blocks(now) || self.opaque.blocks() || self.queue.in_flight >= self.limits.max_in_flight
    }

    /// Returns the time at which one more request may be sent.
    fn permit(&self, now: Instant) -> Permit {
        if self.is_blocked(now) {
            return Permit::OnceAnswered;
        }
        let budget = self.server_budget.and_then(|budget| budget.blocks_until(now, self.queue.in_flight));
        budget.map_or_else(|| self.pacer.permit(now), Permit::At)
    }

    /// Returns the reason to reject a new request.
    fn rejection_of_new(&self, now: Instant) -> Option<Rejection> {
        let limit = self.limits.max_queue;
        self.rejection(now)
            .or_else(|| (self.queue.waiting >= limit).then_some(Rejection::QueueFull { limit }))
    }

    /// Returns the reason to reject all queued requests.
    fn rejection(&self, now: Instant) -> Option<Rejection> {
        self.hold.rejection(now, self.limits.max_pause)
    }

    fn start_attempt(&mut self, now: Instant) -> Attempt {
        self.sent = self.sent.wrapping_add(1);
        self.pacer.sent(now);
        if let Some(quota) = self.hold.quota() {
            quota.probe_sent();
        }
        self.recovery.attempt(now)
    }

    fn finish_attempt(&mut self, now: Instant, ticket: Ticket) -> Option<FinishedAttempt> {
        let in_flight = self.queue.in_flight;
        let attempt = self.queue.finish_attempt(ticket)?;
        let is_current = self.recovery.is_current(attempt);
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

    fn reject_queued(&mut self, rejection: Rejection) {
        while let Some(pending) = self.queue.remove_next() {
            self.actions.push_back(Action::Reject(pending.payload, rejection));
        }
    }
}
