use std::rc::Rc;

use super::client::Client;
use super::core::random_sample;
use super::lane::{Call, Lane};
use crate::throttle::{Route, RouteSplit, Ticket};

/// Routes that have a limit of their own: each has a lane beside that of its scope.
impl Client {
    /// The lane that a call belongs to, which may be its route's own, and its route as far as that matters.
    pub(super) fn lane_for(&self, lane: Rc<Lane>, call: &Call) -> (Rc<Lane>, Route) {
        let asks = lane.scope.borrow().needs_routes();
        let route = if asks { Route(call.route()) } else { Route::UNKNOWN };
        let is_held = lane.scope.borrow().has_split(route);
        if is_held && let Some((number, own)) = self.lane_of(&lane, route) {
            let is_settled = own.scope.borrow().is_settled(self.clock.now());
            if !is_settled {
                call.set_scope(number);
                return (own, route);
            }
            lane.scope.borrow_mut().rejoin_route(route);
        }
        (lane, route)
    }

    /// Takes down whose throttle the scope is about to be told, and of which routes its requests are.
    pub(super) fn throttles(&self, lane: &Lane, ticket: Ticket) {
        let mut scope = lane.scope.borrow_mut();
        // What is asked here calls nobody back.
        scope.name_routes(&|call| Route(call.route()));
        lane.failed.replace(scope.payload(ticket).cloned());
    }

    /// A route is to have a lane of its own.
    pub(super) fn demote(&self, lane: &Lane, demotion: RouteSplit<Call>) {
        let known = self.lane_of(lane, demotion.route);
        let made = || {
            let call = lane.failed.borrow().clone()?;
            let number = self.scope(call.route_name());
            lane.routes.borrow_mut().push((demotion.route, number));
            let own = self.lane(number)?;
            own.is_own.set(true);
            Some((number, own))
        };
        let Some((number, own)) = known.or_else(made) else { return };
        own.cause.replace(lane.cause.take());
        let tickets = own.scope.borrow_mut().receive_split(self.clock.now(), demotion, random_sample());
        self.moved_to(number, &own, tickets);
    }

    /// A route shares the limit of its scope after all.
    pub(super) fn restore(&self, lane: &Rc<Lane>, route: Route) {
        let number = self.number_of(lane);
        if let Some((_, own)) = self.lane_of(lane, route) {
            let moved = own.scope.borrow_mut().release(route);
            let tickets = lane.scope.borrow_mut().receive(self.clock.now(), moved);
            self.moved_to(number, lane, tickets);
        }
    }

    fn lane_of(&self, lane: &Lane, route: Route) -> Option<(u32, Rc<Lane>)> {
        let routes = lane.routes.borrow();
        let (_, number) = *routes.iter().find(|(known, _)| *known == route)?;
        Some((number, self.lane(number)?))
    }

    fn moved_to(&self, number: u32, lane: &Rc<Lane>, tickets: Vec<Ticket>) {
        for ticket in tickets {
            let call: Option<Call> = lane.scope.borrow().payload(ticket).cloned();
            if let Some(call) = call {
                call.moved(number, ticket.to_number());
            }
        }
        self.drive(lane);
    }
}
