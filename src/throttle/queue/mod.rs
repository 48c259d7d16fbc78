//! The pending requests of a scope: a table of all, and a priority queue of those that wait.

mod attempt;
mod lazy_heap;
mod request;
mod ticket;

use slab::Slab;

pub(crate) use crate::throttle::queue::attempt::{Attempt, FinishedAttempt};
use crate::throttle::queue::lazy_heap::LazyHeap;
pub(crate) use crate::throttle::queue::request::Pending;
use crate::throttle::queue::request::RequestState;
pub use crate::throttle::queue::request::{Entry, Moved, Priority, Request};
pub use crate::throttle::queue::ticket::Ticket;
use crate::throttle::routes::Route;
use crate::time::Instant;

/// The requests of a scope that have not ended.
#[derive(Debug)]
pub(crate) struct RequestQueue<T> {
    requests: Slab<Pending<T>>,
    /// The queued requests, by priority, then by the order of the calls.
    order: LazyHeap,
    deadlines: LazyHeap,
    /// Requests in [`RequestState::Queued`].
    pub(crate) waiting: u32,
    /// Requests in [`RequestState::InFlight`].
    pub(crate) in_flight: u32,
    /// Calls so far.
    calls: u64,
}

/// The lowest bit of the priority in `Pending::order`. The bits below count the calls.
const PRIORITY_SHIFT: u32 = 56;

impl<T> Default for RequestQueue<T> {
    fn default() -> RequestQueue<T> {
        RequestQueue {
            requests: Slab::new(),
            order: LazyHeap::default(),
            deadlines: LazyHeap::default(),
            waiting: 0,
            in_flight: 0,
            calls: 0,
        }
    }
}

impl<T> RequestQueue<T> {
    /// Adds a request at the end of its priority.
    pub(crate) fn add(&mut self, now: Instant, request: Request, payload: T) -> Ticket {
        let ticket = self.insert(now, request, payload);
        self.requeue(ticket);
        ticket
    }

    /// Adds a request that is sent at once.
    pub(crate) fn add_sent(
        &mut self,
        now: Instant,
        request: Request,
        payload: T,
        attempt: Attempt,
    ) -> Ticket {
        let ticket = self.insert(now, request, payload);
        self.start_attempt(ticket, attempt);
        ticket
    }

    /// Sends the first queued request.
    pub(crate) fn send_next(&mut self, attempt: Attempt) -> Option<Ticket> {
        let ticket = self.take_next()?;
        self.start_attempt(ticket, attempt);
        Some(ticket)
    }

    /// Ends an attempt. The request is then neither queued nor in flight; the caller requeues or removes it.
    pub(crate) fn finish_attempt(&mut self, ticket: Ticket) -> Option<Attempt> {
        let RequestState::InFlight(attempt) = self.get(ticket)?.state else { return None };
        self.change_state(ticket, RequestState::Settling);
        Some(attempt)
    }

    /// Queues a request, in the order of the calls.
    pub(crate) fn requeue(&mut self, ticket: Ticket) {
        self.change_state(ticket, RequestState::Queued);
        let Some(pending) = self.get_mut(ticket) else { return };
        let order = pending.order;
        if let Some(at) = pending.expires_at()
            && !std::mem::replace(&mut pending.has_deadline_entry, true)
        {
            self.deadlines.add(at.in_order(), ticket);
        }
        self.order.add(order, ticket);
        self.sweep();
    }

    /// Removes a request, whatever its state.
    pub(crate) fn remove(&mut self, ticket: Ticket) -> Option<Pending<T>> {
        self.get(ticket)?;
        let pending = self.requests.try_remove(ticket.slot as usize)?;
        self.count(pending.state, RequestState::Settling);
        if pending.state == RequestState::Queued {
            self.sweep();
        }
        Some(pending)
    }

    /// Removes the first queued request.
    pub(crate) fn remove_next(&mut self) -> Option<Pending<T>> {
        let ticket = self.take_next()?;
        self.remove(ticket)
    }

    /// Removes a queued request whose deadline is over.
    pub(crate) fn remove_expired(&mut self, now: Instant) -> Option<Pending<T>> {
        while let Some((at, ticket)) = self.first_deadline()
            && at <= now
        {
            if is_queued(&self.requests, ticket) {
                return self.remove(ticket);
            }
            // A request in flight does not expire. If it is requeued, its deadline is entered again.
            self.deadlines.drop_first();
            if let Some(pending) = self.get_mut(ticket) {
                pending.has_deadline_entry = false;
            }
        }
        None
    }

    pub(crate) fn next_deadline(&mut self) -> Option<Instant> {
        self.first_deadline().map(|(at, _)| at)
    }

    pub(crate) fn get(&self, ticket: Ticket) -> Option<&Pending<T>> {
        self.requests.get(ticket.slot as usize).filter(|pending| pending.seq == ticket.seq)
    }

    /// Sets the routes of the requests whose route is not known.
    pub(crate) fn name_routes(&mut self, route_of: &dyn Fn(&T) -> Route) {
        for (_, pending) in &mut self.requests {
            if pending.request.route == Route::UNKNOWN {
                pending.request.route = route_of(&pending.payload);
            }
        }
    }

    /// Whether a request of another route is queued.
    pub(crate) fn has_queued_beside(&self, route: Route) -> bool {
        self.requests
            .iter()
            .any(|(_, pending)| pending.state == RequestState::Queued && pending.request.route != route)
    }

    /// Removes the queued requests of a route, in their order. `throttled` is the request that caused it.
    pub(crate) fn take_route(&mut self, route: Route, throttled: Option<Ticket>) -> Vec<Moved<T>> {
        let (mut taken, mut kept) = (Vec::new(), Vec::new());
        while let Some(ticket) = self.take_next() {
            if self.get(ticket).is_some_and(|pending| pending.request.route != route) {
                kept.push(ticket);
            } else {
                let is_throttled = throttled == Some(ticket);
                taken.extend(self.remove(ticket).map(|pending| Moved { pending, is_throttled }));
            }
        }
        for ticket in kept {
            if let Some(pending) = self.get(ticket) {
                self.order.add(pending.order, ticket);
            }
        }
        taken
    }

    /// Adds a request of another queue at the end of its priority.
    pub(crate) fn receive(&mut self, pending: Pending<T>) -> Ticket {
        let priority = pending.order >> PRIORITY_SHIFT;
        let state = RequestState::Settling;
        let ticket =
            self.insert_pending(Pending { order: priority, has_deadline_entry: false, state, ..pending });
        self.requeue(ticket);
        ticket
    }

    fn insert(&mut self, now: Instant, request: Request, payload: T) -> Ticket {
        self.insert_pending(Pending {
            seq: 0,
            order: request.priority as u64,
            request,
            called_at: now,
            has_deadline_entry: false,
            attempts: 0,
            state: RequestState::Settling,
            payload,
        })
    }

    /// Inserts a request whose `order` is its priority alone.
    fn insert_pending(&mut self, mut pending: Pending<T>) -> Ticket {
        self.calls += 1;
        // May wrap: no two pending requests are 2^32 calls apart.
        let seq = self.calls as u32;
        pending.seq = seq;
        pending.order = pending.order << PRIORITY_SHIFT | self.calls;
        Ticket { slot: self.requests.insert(pending) as u32, seq }
    }

    fn start_attempt(&mut self, ticket: Ticket, attempt: Attempt) {
        self.change_state(ticket, RequestState::InFlight(attempt));
        if let Some(pending) = self.get_mut(ticket) {
            pending.attempts += 1;
        }
    }

    fn change_state(&mut self, ticket: Ticket, state: RequestState) {
        if let Some(pending) = self.get_mut(ticket) {
            let before = std::mem::replace(&mut pending.state, state);
            self.count(before, state);
        }
    }

    fn count(&mut self, before: RequestState, after: RequestState) {
        if let Some(count) = self.counter(before) {
            *count -= 1;
        }
        if let Some(count) = self.counter(after) {
            *count += 1;
        }
    }

    fn counter(&mut self, state: RequestState) -> Option<&mut u32> {
        match state {
            RequestState::Queued => Some(&mut self.waiting),
            RequestState::InFlight(_) => Some(&mut self.in_flight),
            RequestState::Settling => None,
        }
    }

    /// Takes the first queued request out of the order. The caller sends or removes it, or enters it again.
    fn take_next(&mut self) -> Option<Ticket> {
        let requests = &self.requests;
        let (_, ticket) = self.order.first(&|ticket| is_queued(requests, ticket))?;
        self.order.drop_first();
        Some(ticket)
    }

    fn first_deadline(&mut self) -> Option<(Instant, Ticket)> {
        let requests = &self.requests;
        let (at, ticket) = self.deadlines.first(&|ticket| is_pending(requests, ticket))?;
        Some((Instant::from_order(at), ticket))
    }

    fn get_mut(&mut self, ticket: Ticket) -> Option<&mut Pending<T>> {
        self.requests.get_mut(ticket.slot as usize).filter(|pending| pending.seq == ticket.seq)
    }

    fn sweep(&mut self) {
        let requests = &self.requests;
        self.order.sweep(self.waiting as usize, &|ticket| is_queued(requests, ticket));
        self.deadlines.sweep(requests.len(), &|ticket| is_pending(requests, ticket));
    }
}

fn is_pending<T>(requests: &Slab<Pending<T>>, ticket: Ticket) -> bool {
    requests.get(ticket.slot as usize).is_some_and(|pending| pending.seq == ticket.seq)
}

fn is_queued<T>(requests: &Slab<Pending<T>>, ticket: Ticket) -> bool {
    requests
        .get(ticket.slot as usize)
        .is_some_and(|pending| pending.seq == ticket.seq && pending.state == RequestState::Queued)
}
