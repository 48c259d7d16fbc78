//! From the call of a request to the verdict on each of its attempts.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::Client;
use crate::headers::{Class, classify, classify_body, rate_limit, requested_delay};
use crate::throttle::{Budget, Disposition, Entry, Request, RequestedDelay, Ticket};
use crate::time::Span;
use crate::web::border::{DELIVER, WITHHOLD};
use crate::web::call::Call;
use crate::web::clock::wall;
use crate::web::errors::error_of;
use crate::web::events::millis;
use crate::web::random::random_sample;
use crate::web::response::{HeadersLike, ResponseLike};
use crate::web::scope_driver::ScopeDriver;

/// Time to read the body of an undecided response, in milliseconds.
const READ_BODY_FOR: u32 = 900;

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
        if !matches!(status, 429 | 503) {
            driver.scope.borrow_mut().accepted(now, ticket);
            return DELIVER;
        }
        let class = classify(status as u16, &headers);
        self.settle(&driver, ticket, class, status as u16, &headers, response)
    }

    pub(crate) fn body_read(&self, scope: u32, ticket: Ticket, body: &str, response: &ResponseLike) -> u32 {
        let Some(driver) = self.driver(scope) else { return DELIVER };
        let headers = response.headers().ok();
        self.settle(&driver, ticket, classify_body(body), 429, &headers, response)
    }

    pub(crate) fn failed(&self, scope: u32, ticket: Ticket, is_opaque: bool) -> u32 {
        let Some(driver) = self.driver(scope) else { return DELIVER };
        let now = self.clock.now();
        if is_opaque {
            self.name_routes(&driver, ticket);
            let disposition = driver.scope.borrow_mut().failed_opaquely(now, ticket, random_sample());
            return verdict_of(&disposition);
        }
        driver.scope.borrow_mut().failed(now, ticket);
        DELIVER
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
        let now = self.clock.now();
        let paused = match classify(status, &headers) {
            Class::Throttled | Class::Undecided => {
                driver.response.replace(Some(response.into()));
                let delay = requested_delay(status, &headers, wall()).map(RequestedDelay::from);
                driver.scope.borrow_mut().throttled_externally(now, delay, random_sample())
            }
            Class::QuotaExceeded => {
                driver.response.replace(Some(response.into()));
                driver.scope.borrow_mut().quota_exceeded_externally(now);
                Span::ZERO
            }
            Class::Other => Span::ZERO,
        };
        self.drive(&driver);
        millis(paused)
    }

    fn settle(
        &self,
        driver: &Rc<ScopeDriver>,
        ticket: Ticket,
        class: Class,
        status: u16,
        headers: &Option<HeadersLike>,
        response: &ResponseLike,
    ) -> u32 {
        let now = self.clock.now();
        if class == Class::Undecided {
            driver.scope.borrow_mut().suspect(now);
            return READ_BODY_FOR;
        }
        if class == Class::Other {
            driver.scope.borrow_mut().accepted(now, ticket);
            return DELIVER;
        }
        driver.response.replace(Some(response.into()));
        if class == Class::QuotaExceeded {
            driver.scope.borrow_mut().quota_exceeded(now, ticket);
            return DELIVER;
        }
        self.name_routes(driver, ticket);
        let delay = requested_delay(status, headers, wall()).map(RequestedDelay::from);
        let disposition = match delay {
            Some(delay) if status == 503 => {
                driver.scope.borrow_mut().unavailable(now, ticket, delay, random_sample())
            }
            _ => driver.scope.borrow_mut().throttled(now, ticket, delay, random_sample()),
        };
        verdict_of(&disposition)
    }
}

fn verdict_of(disposition: &Disposition<Call>) -> u32 {
    match disposition {
        Disposition::Deliver(_) => DELIVER,
        Disposition::Requeued | Disposition::Held | Disposition::Ended => WITHHOLD,
    }
}
