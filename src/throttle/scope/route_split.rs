use crate::throttle::action::Action;
use crate::throttle::action::Disposition;
use crate::throttle::action::Notice;
use crate::throttle::action::RouteSplit;
use crate::throttle::advice::RequestedDelay;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::queue::request::Moved;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::random::UniformSample;
use crate::throttle::routes::Route;
use crate::throttle::scope::Scope;
use crate::throttle::scope::retry::ThrottleKind;
use crate::time::{Instant, Span};

/// A route that was not throttled for so long may share the scope's limit again.
const SETTLED: Span = Span::from_secs(600);

/// What a scope hands over, and takes over.
impl<T> Scope<T> {
    /// Whether it matters of which route requests are. Until then, [`Route::UNKNOWN`] will do.
    #[must_use]
    pub fn needs_routes(&self) -> bool {
        self.routes.are_needed()
    }

    /// Asks of which route requests are that were called without; before a throttle is told.
    pub fn name_routes(&mut self, route_of: &dyn Fn(&T) -> Route) {
        self.queue.name_routes(route_of);
    }

    /// Whether requests of this route belong to a scope of its own.
    #[must_use]
    pub fn has_split(&self, route: Route) -> bool {
        self.routes.is_split(route)
    }

    /// Requests of this route belong here again.
    pub fn rejoin_route(&mut self, route: Route) {
        self.routes.rejoin(route);
    }

    /// Whether the limit of this scope, which is one route's, has not been met for long, and nothing is left in it.
    #[must_use]
    pub fn is_settled(&self, now: Instant) -> bool {
        let is_empty = self.queue.waiting == 0 && self.queue.in_flight == 0 && !self.hold.is_paused();
        is_empty && self.pacer.last_refused().is_none_or(|last| now.since(last) > SETTLED)
    }

    /// Takes a route over that was part of another scope: pauses, and has its requests wait. Returns their new tickets,
    /// in their order.
    pub fn receive_split(
        &mut self,
        now: Instant,
        demotion: RouteSplit<T>,
        sample: UniformSample,
    ) -> Vec<Ticket> {
        self.pacer.throttled_externally(DecisionTime::exactly(now));
        self.pause_as_asked(now, demotion.requested, sample, demotion.otherwise);
        self.receive(now, demotion.moved)
    }

    /// Takes requests over. Returns their new tickets, in their order.
    pub fn receive(&mut self, now: Instant, moved: Vec<Moved<T>>) -> Vec<Ticket> {
        let mut tickets = Vec::new();
        let delay = self.hold.pause_left(now);
        for Moved { pending, is_refused } in moved {
            let attempt = pending.attempts;
            let ticket = self.queue.receive(pending);
            if is_refused {
                self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
            }
            tickets.push(ticket);
        }
        if let Some(rejection) = self.rejection_of_waiting(now) {
            self.reject_waiting(rejection);
        }
        self.wake(now);
        tickets
    }

    /// Gives up what waits of a route.
    pub fn release(&mut self, route: Route) -> Vec<Moved<T>> {
        self.queue.take_waiting(route, None)
    }

    /// A request met the limit of its route.
    pub(crate) fn split_route(
        &mut self,
        now: Instant,
        ticket: Ticket,
        route: Route,
        requested: Option<RequestedDelay>,
        kind: ThrottleKind,
    ) -> Disposition<T> {
        // Listeners hear of the retry from the scope that takes over: here is no such request any more.
        let disposition = self.requeue(now, ticket, kind);
        let moved = self.queue.take_waiting(route, Some(ticket));
        self.actions.push_back(Action::SplitRoute(RouteSplit {
            route,
            requested,
            otherwise: kind.source(),
            moved,
        }));
        disposition
    }
}
