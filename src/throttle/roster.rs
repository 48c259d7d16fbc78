use slab::Slab;

use super::agenda::Agenda;
use super::request::{Moved, Pending, Place, Request, Ticket};
use super::route::Route;
use crate::time::Instant;

/// The requests of a scope that have not ended: who waits, in which order, and who is on the wire.
#[derive(Debug)]
pub(super) struct Roster<T> {
    requests: Slab<Pending<T>>,
    /// By priority, then by the order of the calls.
    queue: Agenda,
    /// By when they give up.
    deadlines: Agenda,
    pub(super) waiting: u32,
    pub(super) in_flight: u32,
    /// Calls so far.
    calls: u64,
}

/// One send, from the wire's point of view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flight {
    pub(super) sent_at: Instant,
    /// How many pauses there had been by then.
    pub(super) pauses: u32,
}

/// A send that has come back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Landing {
    pub(super) ticket: Ticket,
    pub(super) flight: Flight,
    pub(super) at: Instant,
}

/// Which bits of a turn are the priority: those from here on.
const PRIORITY: u32 = 56;

impl<T> Default for Roster<T> {
    fn default() -> Roster<T> {
        Roster {
            requests: Slab::new(),
            queue: Agenda::default(),
            deadlines: Agenda::default(),
            waiting: 0,
            in_flight: 0,
            calls: 0,
        }
    }
}

impl<T> Roster<T> {
    /// Writes a request down. It waits, at the back of its priority.
    pub(super) fn enter(&mut self, now: Instant, request: Request, payload: T) -> Ticket {
        let ticket = self.write_down(now, request, payload);
        self.line_up(ticket);
        ticket
    }

    /// Writes a request down that leaves at once.
    pub(super) fn enter_sent(
        &mut self,
        now: Instant,
        request: Request,
        payload: T,
        flight: Flight,
    ) -> Ticket {
        let ticket = self.write_down(now, request, payload);
        self.put_on_wire(ticket, flight);
        ticket
    }

    /// Puts the next in the queue on the wire.
    pub(super) fn send_next(&mut self, flight: Flight) -> Option<Ticket> {
        let ticket = self.take_next()?;
        self.waiting = self.waiting.saturating_sub(1);
        self.put_on_wire(ticket, flight);
        Some(ticket)
    }

    /// A send has come back. The request is still written down, but nowhere: it is to be requeued or removed.
    pub(super) fn land(&mut self, ticket: Ticket) -> Option<Flight> {
        let pending = self.get_mut(ticket)?;
        let Place::OnWire(flight) = pending.place else { return None };
        pending.place = Place::Landed;
        self.in_flight = self.in_flight.saturating_sub(1);
        Some(flight)
    }

    /// A request that has landed waits again, where the order of the calls wants it.
    pub(super) fn requeue(&mut self, ticket: Ticket) {
        if let Some(pending) = self.get_mut(ticket) {
            pending.place = Place::Waiting;
            self.line_up(ticket);
        }
    }

    /// Strikes a request out, wherever it is.
    pub(super) fn remove(&mut self, ticket: Ticket) -> Option<Pending<T>> {
        let place = self.get(ticket)?.place;
        let pending = self.requests.try_remove(ticket.slot as usize)?;
        match place {
            Place::Waiting => {
                self.waiting = self.waiting.saturating_sub(1);
                self.sweep();
            }
            Place::OnWire(_) => self.in_flight = self.in_flight.saturating_sub(1),
            Place::Landed => {}
        }
        Some(pending)
    }

    /// Strikes out the next of those that wait, in their order.
    pub(super) fn remove_next(&mut self) -> Option<Pending<T>> {
        let ticket = self.take_next()?;
        self.remove(ticket)
    }

    /// Strikes out one that has waited for as long as it would.
    pub(super) fn remove_expired(&mut self, now: Instant) -> Option<Pending<T>> {
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

    pub(super) fn next_deadline(&mut self) -> Option<Instant> {
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

    pub(super) fn get(&self, ticket: Ticket) -> Option<&Pending<T>> {
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
            place: Place::Waiting,
            payload,
        };
        Ticket { slot: self.requests.insert(pending) as u32, seq }
    }

    /// Asks of which route requests are that were called without.
    pub(super) fn name_routes(&mut self, route_of: &dyn Fn(&T) -> Route) {
        for (_, pending) in &mut self.requests {
            if pending.route == Route::UNKNOWN {
                pending.route = route_of(&pending.payload);
            }
        }
    }

    /// Whether any waits that is of another route.
    pub(super) fn waits_beside(&self, route: Route) -> bool {
        self.requests.iter().any(|(_, pending)| pending.place == Place::Waiting && pending.route != route)
    }

    /// Strikes out what waits of a route, in its order; one of that may just have been `refused`.
    pub(super) fn take_waiting(&mut self, route: Route, refused: Option<Ticket>) -> Vec<Moved<T>> {
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

    /// Writes a request down that another roster has struck out. It waits, at the back of its priority.
    pub(super) fn adopt(&mut self, pending: Pending<T>) -> Ticket {
        self.calls += 1;
        let seq = self.calls as u32;
        let turn = pending.turn >> PRIORITY << PRIORITY | self.calls;
        let adopted = Pending { seq, turn, is_watched: false, ..pending };
        let ticket = Ticket { slot: self.requests.insert(adopted) as u32, seq };
        self.line_up(ticket);
        ticket
    }

    fn put_on_wire(&mut self, ticket: Ticket, flight: Flight) {
        if let Some(pending) = self.get_mut(ticket) {
            pending.attempts += 1;
            pending.place = Place::OnWire(flight);
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
        .is_some_and(|pending| pending.seq == ticket.seq && pending.place == Place::Waiting)
}
