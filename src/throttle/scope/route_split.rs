//! A route that is limited by itself moves into a scope of its own, and may come back.

use crate::throttle::action::{Action, Disposition, Notice, RouteSplit};
use crate::throttle::advice::Outcome;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::queue::{Moved, Ticket};
use crate::throttle::random::UniformSample;
use crate::throttle::routes::{Route, RouteTarget};
use crate::throttle::scope::Scope;
use crate::time::{Instant, Span};

/// Time without a throttle after which a route may share the scope's limit again.
const ROUTE_SETTLED_AFTER: Span = Span::from_secs(600);

impl<T> Scope<T> {
    /// Whether the scope has to know the route of each new request. Otherwise [`Route::UNKNOWN`] is enough.
    #[must_use]
    pub fn needs_routes(&self) -> bool {
        self.routes.needs_routes()
    }

    /// Sets the unknown routes of pending requests, before a throttle: see [`Outcome::is_throttle`].
    pub fn name_routes(&mut self, route_of: &dyn Fn(&T) -> Route) {
        self.queue.name_routes(route_of);
    }

    /// Returns the scope that a request of this route belongs to; `own` is the scope that was made for the route. A
    /// route rejoins this scope once its own scope is idle and has met no limit for `ROUTE_SETTLED_AFTER` (10 min).
    pub fn route_for(&mut self, now: Instant, route: Route, own: Option<&Scope<T>>) -> RouteTarget {
        let Some(own) = own.filter(|_| self.routes.is_split(route)) else { return RouteTarget::Parent };
        if !own.is_settled(now) {
            return RouteTarget::Own;
        }
        self.routes.rejoin(route);
        RouteTarget::Parent
    }

    fn is_settled(&self, now: Instant) -> bool {
        let is_idle = self.queue.waiting == 0 && self.queue.in_flight == 0 && !self.hold.is_paused();
        is_idle && self.pacer.last_refused().is_none_or(|last| now.since(last) > ROUTE_SETTLED_AFTER)
    }

    /// Takes over a route that another scope has split: pauses, and queues its requests. Returns their new tickets, in
    /// their order.
    pub fn receive_split(
        &mut self,
        now: Instant,
        split: RouteSplit<T>,
        sample: UniformSample,
    ) -> Vec<Ticket> {
        self.pacer.throttled_by_peer(DecisionTime::exactly(now));
        self.pause_for(now, split.outcome, sample);
        self.receive(now, split.moved)
    }

    /// Queues requests of another scope. Returns their new tickets, in their order.
    pub fn receive(&mut self, now: Instant, moved: Vec<Moved<T>>) -> Vec<Ticket> {
        let mut tickets = Vec::new();
        let delay = self.hold.pause_left(now);
        for Moved { pending, is_throttled } in moved {
            let attempt = pending.attempts;
            let ticket = self.queue.receive(pending);
            if is_throttled {
                self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
            }
            tickets.push(ticket);
        }
        if let Some(rejection) = self.rejection(now) {
            self.reject_queued(rejection);
        }
        self.wake(now);
        tickets
    }

    /// Gives up the queued requests of a route.
    pub fn release(&mut self, route: Route) -> Vec<Moved<T>> {
        self.queue.take_route(route, None)
    }

    /// Attributes a throttle. Returns the route of the request if the route has a limit of its own. If the scope has
    /// met its own limit, routes that were split a moment ago were split by mistake, and rejoin it.
    pub(super) fn limited_route(
        &mut self,
        now: Instant,
        ticket: Ticket,
        decision: DecisionTime,
        begins_pause: bool,
    ) -> Option<Route> {
        let route = self.queue.get(ticket).map_or(Route::UNKNOWN, |pending| pending.request.route);
        let others_wait = || self.queue.has_queued_beside(route);
        if self.routes.throttled(now, route, decision, begins_pause, others_wait) {
            return Some(route);
        }
        while let Some(route) = self.routes.take_mistake(now) {
            self.actions.push_back(Action::RejoinRoute(route));
        }
        None
    }

    /// Moves the queued requests of a route, the throttled request among them, to a scope of the route's own.
    pub(super) fn split_route(
        &mut self,
        now: Instant,
        ticket: Ticket,
        route: Route,
        outcome: Outcome,
    ) -> Disposition<T> {
        // The notice of the retry names a ticket of this scope. The scope that receives the request sends its own.
        let disposition = self.requeue_or_end(now, ticket, outcome);
        let moved = self.queue.take_route(route, Some(ticket));
        self.actions.push_back(Action::SplitRoute(RouteSplit { route, outcome, moved }));
        disposition
    }
}
