pub(crate) mod attempt;
pub(crate) mod lazy_heap;
pub(crate) mod request;
pub(crate) mod ticket;

use crate::throttle::queue::attempt::Attempt;
use slab::Slab;

use crate::throttle::queue::lazy_heap::LazyHeap;
use crate::throttle::queue::request::Moved;
use crate::throttle::queue::request::Pending;
use crate::throttle::queue::request::Request;
use crate::throttle::queue::request::RequestState;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::routes::Route;
use crate::time::Instant;

/// The requests of a scope that have not ended: who waits, in which order, and who is on the wire.
#[derive(Debug)]
pub(crate) struct RequestQueue<T> {
    requests: Slab<Pending<T>>,
    /// By priority, then by the order of the calls.
    queue: LazyHeap,
    /// By when they give up.
    deadlines: LazyHeap,
    pub(crate) waiting: u32,
    pub(crate) in_flight: u32,
    /// Calls so far.
    calls: u64,
}

/// Which bits of a turn are the priority: those from here on.
const PRIORITY: u32 = 56;

impl<T> Default for RequestQueue<T> {
    fn default() -> RequestQueue<T> {
        RequestQueue {
            requests: Slab::new(),
            queue: LazyHeap::default(),
            deadlines: LazyHeap::default(),
            waiting: 0,
            in_flight: 0,
            calls: 0,
        }
    }
}

impl<T> RequestQueue<T> {
    /// Writes a request down. It waits, at the back of its priority.
    pub(crate) fn enter(&mut self, now: Instant, request: Request, payload: T) -> Ticket {
        let ticket = self.write_down(now, request, payload);
        self.line_up(ticket);
        ticket
    }

    /// Writes a request down that leaves at once.
    pub(crate) fn enter_sent(
        &mut self,
        now: Instant,
        request: Request,
        payload: T,
        attempt: Attempt,
    ) -> Ticket {
        let ticket = self.write_down(now, request, payload);
        self.put_on_wire(ticket, attempt);
        ticket
    }

    /// Puts the next in the queue on the wire.
    pub(crate) fn send_next(&mut self, attempt: Attempt) -> Option<Ticket> {
        let ticket = self.take_next()?;
        self.waiting = self.waiting.saturating_sub(1);
        self.put_on_wire(ticket, attempt);
        Some(ticket)
    }

    /// A send has come back. The request is still written down, but nowhere: it is to be requeued or removed.
    pub(crate) fn land(&mut self, ticket: Ticket) -> Option<Attempt> {
        let pending = self.get_mut(ticket)?;
        let RequestState::InFlight(attempt) = pending.state else { return None };
        pending.state = RequestState::Settling;
        self.in_flight = self.in_flight.saturating_sub(1);
        Some(attempt)
    }

    /// A request that has landed waits again, where the order of the calls wants it.
    pub(crate) fn requeue(&mut self, ticket: Ticket) {
        if let Some(pending) = self.get_mut(ticket) {
            pending.state = RequestState::Queued;
            self.line_up(ticket);
        }
    }

    /// Strikes a request out, wherever it is.
    pub(crate) fn remove(&mut self, ticket: Ticket) -> Option<Pending<T>> {
        let state = self.get(ticket)?.state;
        let pending = self.requests.try_remove(ticket.slot as usize)?;
        match state {
            RequestState::Queued => {
                self.waiting = self.waiting.saturating_sub(1);
                self.sweep();
            }
            RequestState::InFlight(_) => self.in_flight = self.in_flight.saturating_sub(1),
            RequestState::Settling => {}
        }
        Some(pending)
    }

    /// Strikes out the next of those that wait, in their order.
    pub(crate) fn remove_next(&mut self) -> Option<Pending<T>> {
        let ticket = self.take_next()?;
        self.remove(ticket)
    }

    /// Strikes out one that has waited for as long as it would.
    pub(crate) fn remove_expired(&mut self, now: Instant) -> Option<Pending<T>> {
        while let Some((at, ticket)) = self.first_deadline()
            && at <= now
        {
            if self.is_waiting(ticket) {
                return self.remove(ticket);
            }
            // On the wire, nobody's patience ends. Should it wait again, its deadline is looked at then.
            self.deadlines.drop_first();
            if let Some(pending) = self.get_mut(ticket) {
                pending.is_watched = false;
            }
        }
        None
    }

    pub(crate) fn next_deadline(&mut self) -> Option<Instant> {
        self.first_deadline().map(|(at, _)| at)
    }

    fn first_deadline(&mut self) -> Option<(Instant, Ticket)> {
        let requests = &self.requests;
        let (at, ticket) = self.deadlines.first(&|ticket| is_alive(requests, ticket))?;
        Some((Instant::from_order(at), ticket))
    }

    fn take_next(&mut self) -> Option<Ticket> {
        let requests = &self.requests;
        let (_, ticket) = self.queue.first(&|ticket| is_waiting(requests, ticket))?;
        self.queue.drop_first();
        Some(ticket)
    }

    pub(crate) fn get(&self, ticket: Ticket) -> Option<&Pending<T>> {
        self.requests.get(ticket.slot as usize).filter(|pending| pending.seq == ticket.seq)
    }

    fn get_mut(&mut self, ticket: Ticket) -> Option<&mut Pending<T>> {
        self.requests.get_mut(ticket.slot as usize).filter(|pending| pending.seq == ticket.seq)
    }

    fn is_waiting(&self, ticket: Ticket) -> bool {
        is_waiting(&self.requests, ticket)
    }

    fn write_down(&mut self, now: Instant, request: Request, payload: T) -> Ticket {
        self.calls += 1;
        // The sequence of a ticket may wrap: no two requests that are alive are 2^32 calls apart.
        let seq = self.calls as u32;
        let pending = Pending {
            seq,
            turn: (request.priority as u64) << PRIORITY | self.calls,
            resend: request.resend,
            idempotent: request.idempotent,
            safe: request.safe,
            route: request.route,
            called_at: now,
            expires_at: request.max_wait.map(|wait| now + wait),
            is_watched: false,
            attempts: 0,
            state: RequestState::Queued,
            payload,
        };
        Ticket { slot: self.requests.insert(pending) as u32, seq }
    }

    /// Asks of which route requests are that were called without.
    pub(crate) fn name_routes(&mut self, route_of: &dyn Fn(&T) -> Route) {
        for (_, pending) in &mut self.requests {
            if pending.route == Route::UNKNOWN {
                pending.route = route_of(&pending.payload);
            }
        }
    }

    /// Whether any waits that is of another route.
    pub(crate) fn waits_beside(&self, route: Route) -> bool {
        self.requests
            .iter()
            .any(|(_, pending)| pending.state == RequestState::Queued && pending.route != route)
    }

    /// Strikes out what waits of a route, in its order; one of that may just have been `refused`.
    pub(crate) fn take_waiting(&mut self, route: Route, refused: Option<Ticket>) -> Vec<Moved<T>> {
        let (mut taken, mut kept) = (Vec::new(), Vec::new());
        while let Some(ticket) = self.take_next() {
            if self.get(ticket).is_some_and(|pending| pending.route != route) {
                kept.push(ticket);
            } else {
                let is_refused = refused == Some(ticket);
                taken.extend(self.remove(ticket).map(|pending| Moved { pending, is_refused }));
            }
        }
        for ticket in kept {
            if let Some(pending) = self.get(ticket) {
                self.queue.add(pending.turn, ticket);
            }
        }
        taken
    }

    /// Writes a request down that another queue has struck out. It waits, at the back of its priority.
    pub(crate) fn receive(&mut self, pending: Pending<T>) -> Ticket {
        self.calls += 1;
        let seq = self.calls as u32;
        let turn = pending.turn >> PRIORITY << PRIORITY | self.calls;
        let adopted = Pending { seq, turn, is_watched: false, ..pending };
        let ticket = Ticket { slot: self.requests.insert(adopted) as u32, seq };
        self.line_up(ticket);
        ticket
    }

    fn put_on_wire(&mut self, ticket: Ticket, attempt: Attempt) {
        if let Some(pending) = self.get_mut(ticket) {
            pending.attempts += 1;
            pending.state = RequestState::InFlight(attempt);
            self.in_flight += 1;
        }
    }

    fn line_up(&mut self, ticket: Ticket) {
        self.waiting += 1;
        let Some(pending) = self.get_mut(ticket) else { return };
        let (turn, is_watched) = (pending.turn, pending.is_watched);
        pending.is_watched = pending.expires_at.is_some();
        if let Some(at) = pending.expires_at
            && !is_watched
        {
            self.deadlines.add(at.in_order(), ticket);
        }
        self.queue.add(turn, ticket);
        self.sweep();
    }

    fn sweep(&mut self) {
        let requests = &self.requests;
        self.queue.sweep(self.waiting as usize, &|ticket| is_waiting(requests, ticket));
        self.deadlines.sweep(requests.len(), &|ticket| is_alive(requests, ticket));
    }
}

fn is_alive<T>(requests: &Slab<Pending<T>>, ticket: Ticket) -> bool {
    requests.get(ticket.slot as usize).is_some_and(|pending| pending.seq == ticket.seq)
}

fn is_waiting<T>(requests: &Slab<Pending<T>>, ticket: Ticket) -> bool {
    requests
        .get(ticket.slot as usize)
        .is_some_and(|pending| pending.seq == ticket.seq && pending.state == RequestState::Queued)
}
