//! Routes with a limit of their own: each has a scope beside the scope that it was split from.

use std::rc::Rc;

use super::Client;
use crate::throttle::{Route, RouteSplit, RouteTarget, Ticket};
use crate::web::call::Call;
use crate::web::random::random_sample;
use crate::web::scope_driver::ScopeDriver;

impl Client {
    /// Returns the scope of a call, which may be that of its route, and its route if the scope needs it.
    pub(super) fn route_for(&self, driver: Rc<ScopeDriver>, call: &Call) -> (Rc<ScopeDriver>, Route) {
        if !driver.scope.borrow().needs_routes() {
            return (driver, Route::UNKNOWN);
        }
        let route = Route(call.route());
        let known = self.scope_of_route(&driver, route);
        let own = known.as_ref().map(|(_, own)| own.scope.borrow());
        let target = driver.scope.borrow_mut().route_for(self.clock.now(), route, own.as_deref());
        drop(own);
        if target == RouteTarget::Own
            && let Some((number, own)) = known
        {
            call.set_scope(number);
            return (own, route);
        }
        (driver, route)
    }

    /// Names the routes of pending calls and keeps the failed call, before the scope takes a throttle.
    pub(super) fn name_routes(&self, driver: &ScopeDriver, ticket: Ticket) {
        let mut scope = driver.scope.borrow_mut();
        // The getter `route` calls no code of the page.
        scope.name_routes(&|call| Route(call.route()));
        driver.failed.replace(scope.payload(ticket).cloned());
    }

    /// Moves a route to a scope of its own.
    pub(super) fn split_route(&self, driver: &ScopeDriver, split: RouteSplit<Call>) {
        let known = self.scope_of_route(driver, split.route);
        let made = || {
            let call = driver.failed.borrow().clone()?;
            let number = self.scope(call.route_name());
            driver.split_routes.borrow_mut().push((split.route, number));
            let own = self.driver(number)?;
            own.is_route.set(true);
            Some((number, own))
        };
        let Some((number, own)) = known.or_else(made) else { return };
        own.response.replace(driver.response.take());
        let tickets = own.scope.borrow_mut().receive_split(self.clock.now(), split, random_sample());
        self.moved(number, &own, tickets);
    }

    /// Moves a route back to the scope that it was split from.
    pub(super) fn rejoin_route(&self, driver: &Rc<ScopeDriver>, route: Route) {
        let number = self.number_of(driver);
        if let Some((_, own)) = self.scope_of_route(driver, route) {
            let moved = own.scope.borrow_mut().release(route);
            let tickets = driver.scope.borrow_mut().receive(self.clock.now(), moved);
            self.moved(number, driver, tickets);
        }
    }

    fn scope_of_route(&self, driver: &ScopeDriver, route: Route) -> Option<(u32, Rc<ScopeDriver>)> {
        let routes = driver.split_routes.borrow();
        let (_, number) = *routes.iter().find(|(known, _)| *known == route)?;
        Some((number, self.driver(number)?))
    }

    fn moved(&self, number: u32, driver: &Rc<ScopeDriver>, tickets: Vec<Ticket>) {
        for ticket in tickets {
            let call: Option<Call> = driver.scope.borrow().payload(ticket).cloned();
            if let Some(call) = call {
                call.moved(number, ticket.to_number());
            }
        }
        self.drive(driver);
    }
}
