//! From the call of a request to the verdict on each of its attempts.

use wasm_bindgen::prelude::*;

use super::Client;
use crate::headers::rate_limit;
use crate::throttle::{Budget, Disposition, Entry, Outcome, Request, Ticket, UniformSample};
use crate::time::Instant;
use crate::web::border::{DELIVER, WITHHOLD};
use crate::web::call::Call;
use crate::web::errors::error_of;
use crate::web::events::millis;
use crate::web::random::random_sample;
use crate::web::response::ResponseLike;
use crate::web::scope_driver::ScopeDriver;

impl Client {
    /// Returns the ticket of a call, negative if it waits, or the error to reject it with.
    pub(crate) fn enter(&self, scope: u32, mut request: Request, call: Call) -> Result<f64, JsValue> {
        let Some(driver) = self.driver(scope) else { return Ok(0.0) };
        let (driver, route) = self.route_for(driver, &call);
        request.route = route;
        request.max_wait = request.max_wait.or(self.options.max_wait);
        let entry = driver.scope.borrow_mut().enqueue(self.clock.now(), request, call);
        match entry {
            Ok(Entry::Send(ticket)) => Ok(ticket.to_number()),
            Ok(Entry::Wait(ticket)) => Ok(-ticket.to_number()),
            Err(refusal) => Err(error_of(refusal.rejection, &driver.name, &self.clock)),
        }
    }

    pub(crate) fn answered(&self, scope: u32, ticket: Ticket, status: u32, response: &ResponseLike) -> u32 {
        let Some(driver) = self.driver(scope) else { return DELIVER };
        let headers = response.headers().ok();
        let now = self.clock.now();
        // A budget counts whatever the status of the response.
        if let Some(budget) = rate_limit(&headers, self.clock.date(now)).and_then(Budget::of) {
            driver.scope.borrow_mut().announce_budget(now, budget);
        }
        let Some(outcome) = Outcome::of_response(status as u16, &headers, self.clock.last_wall()) else {
            return driver.scope.borrow_mut().suspect(now).as_js_millis() as u32;
        };
        self.finish(&driver, now, ticket, outcome, Some(response))
    }

    pub(crate) fn body_read(&self, scope: u32, ticket: Ticket, body: &str, response: &ResponseLike) -> u32 {
        let Some(driver) = self.driver(scope) else { return DELIVER };
        let headers = response.headers().ok();
        let now = self.clock.now();
        let outcome = Outcome::with_body(429, &headers, body, self.clock.last_wall());
        self.finish(&driver, now, ticket, outcome, Some(response))
    }

    pub(crate) fn failed(&self, scope: u32, ticket: Ticket, is_opaque: bool) -> u32 {
        let Some(driver) = self.driver(scope) else { return DELIVER };
        let outcome = if is_opaque { Outcome::FailedOpaquely } else { Outcome::Failed };
        self.finish(&driver, self.clock.now(), ticket, outcome, None)
    }

    pub(crate) fn probed(&self, scope: u32, is_reachable: bool) {
        if let Some(driver) = self.driver(scope) {
            driver.scope.borrow_mut().reachability_checked(self.clock.now(), is_reachable, random_sample());
        }
    }

    pub(crate) fn abort(&self, scope: u32, ticket: Ticket) {
        if let Some(driver) = self.driver(scope) {
            driver.scope.borrow_mut().abort(self.clock.now(), ticket);
        }
    }

    pub(crate) fn answered_externally(&self, scope: u32, status: u32, response: &ResponseLike) -> f64 {
        let Some(driver) = self.driver(scope) else { return 0.0 };
        let headers = response.headers().ok();
        let status = u16::try_from(status).unwrap_or_default();
        // The body of a response to another library is not ours to read.
        let now = self.clock.now();
        let outcome = Outcome::with_body(status, &headers, "", self.clock.last_wall());
        if outcome.is_throttle() {
            driver.response.replace(Some(response.into()));
        }
        let paused = driver.scope.borrow_mut().finish_externally(now, outcome, random_sample());
        self.drive(&driver);
        millis(paused)
    }

    fn finish(
        &self,
        driver: &ScopeDriver,
        now: Instant,
        ticket: Ticket,
        outcome: Outcome,
        response: Option<&ResponseLike>,
    ) -> u32 {
        let mut sample = UniformSample::ZERO;
        if outcome.is_throttle() {
            driver.response.replace(response.map(Into::into));
            self.name_routes(driver, ticket);
            sample = random_sample();
        }
        match driver.scope.borrow_mut().finish(now, ticket, outcome, sample) {
            Disposition::Deliver(_) => DELIVER,
            Disposition::Withhold => WITHHOLD,
        }
    }
}
