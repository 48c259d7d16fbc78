use super::super::action::{Action, Fate, Notice};
use super::super::moment::Moment;
use super::super::pause::{Advice, PauseSource};
use super::super::request::{Moved, Ticket};
use super::super::route::Route;
use super::super::setback::Setback;
use super::super::unit::Unit;
use super::Scope;
use crate::time::{Instant, Span};

/// One route of a scope has a limit of its own: from now on its requests belong to a scope of its own, which pauses as
/// the gateway asks, while everything else flows.
#[derive(Debug, PartialEq, Eq)]
pub struct Demotion<T> {
    /// Which route.
    pub route: Route,
    /// What the throttled answer asks for.
    pub advice: Option<Advice>,
    /// What the pause comes from, if it asks for nothing.
    pub otherwise: PauseSource,
    /// Its requests that wait, in their order.
    pub moved: Vec<Moved<T>>,
}

/// A route that was not throttled for so long may share the scope's limit again.
const SETTLED: Span = Span::from_secs(600);

/// What a scope hands over, and takes over.
impl<T> Scope<T> {
    /// Whether it matters of which route requests are. Until then, [`Route::UNKNOWN`] will do.
    #[must_use]
    pub fn asks_for_routes(&self) -> bool {
        self.routes.matter()
    }

    /// Asks of which route requests are that were called without; before a throttle is told.
    pub fn name_routes(&mut self, route_of: &dyn Fn(&T) -> Route) {
        self.roster.name_routes(route_of);
    }

    /// Whether requests of this route belong to a scope of its own.
    #[must_use]
    pub fn holds_route(&self, route: Route) -> bool {
        self.routes.holds(route)
    }

    /// Requests of this route belong here again.
    pub fn release_route(&mut self, route: Route) {
        self.routes.release(route);
    }

    /// Whether the limit of this scope, which is one route's, has not been met for long, and nothing is left in it.
    #[must_use]
    pub fn is_settled(&self, now: Instant) -> bool {
        let is_empty = self.roster.waiting == 0 && self.roster.in_flight == 0 && !self.hold.is_paused();
        is_empty && self.pacer.last_refused().is_none_or(|last| now.since(last) > SETTLED)
    }

    /// Takes a route over that was part of another scope: pauses, and has its requests wait. Returns their new tickets,
    /// in their order.
    pub fn take_over(&mut self, now: Instant, demotion: Demotion<T>, unit: Unit) -> Vec<Ticket> {
        self.pacer.throttled_elsewhere(Moment::exactly(now));
        self.pause_as_asked(now, demotion.advice, unit, demotion.otherwise);
        self.adopt(now, demotion.moved)
    }

    /// Takes requests over. Returns their new tickets, in their order.
    pub fn adopt(&mut self, now: Instant, moved: Vec<Moved<T>>) -> Vec<Ticket> {
        let mut tickets = Vec::new();
        let delay = self.hold.pause_left(now);
        for Moved { pending, is_refused } in moved {
            let attempt = pending.attempts;
            let ticket = self.roster.adopt(pending);
            if is_refused {
                self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
            }
            tickets.push(ticket);
        }
        if let Some(rejection) = self.hopeless(now) {
            self.reject_waiting(rejection);
        }
        self.wake(now);
        tickets
    }

    /// Gives up what waits of a route.
    pub fn hand_over(&mut self, route: Route) -> Vec<Moved<T>> {
        self.roster.take_waiting(route, None)
    }

    /// A request met the limit of its route.
    pub(super) fn demote(
        &mut self,
        now: Instant,
        ticket: Ticket,
        route: Route,
        advice: Option<Advice>,
        setback: Setback,
    ) -> Fate<T> {
        // Listeners hear of the retry from the scope that takes over: here is no such request any more.
        let fate = self.requeue(now, ticket, setback);
        let moved = self.roster.take_waiting(route, Some(ticket));
        self.actions.push_back(Action::Demote(Demotion {
            route,
            advice,
            otherwise: setback.source(),
            moved,
        }));
        fate
    }
}
