//! Carries out the actions of a scope.

use std::rc::Rc;

use super::Client;
use crate::throttle::{Action, Ticket};
use crate::web::call::Call;
use crate::web::errors::error_of;
use crate::web::scope_driver::ScopeDriver;

impl Client {
    /// Carries out the actions of a scope, and sets its timer.
    pub(crate) fn drive(&self, driver: &Rc<ScopeDriver>) {
        self.state_change.changed();
        // A listener that calls back adds its actions to those of the loop below, so they keep their order.
        if driver.is_driven.replace(true) {
            return;
        }
        loop {
            let action = driver.scope.borrow_mut().next_action();
            match action {
                None => break,
                Some(Action::Send(ticket)) => send(driver, ticket),
                Some(Action::Reject(call, rejection)) => {
                    call.reject(&error_of(rejection, &driver.name, &self.clock));
                }
                Some(Action::CheckReachable) => {
                    if let Some(call) = driver.failed.take() {
                        call.probe();
                    }
                }
                Some(Action::Notify(notice)) => self.notify(driver, notice),
                Some(Action::SplitRoute(split)) => self.split_route(driver, split),
                Some(Action::RejoinRoute(route)) => self.rejoin_route(driver, route),
            }
        }
        driver.is_driven.set(false);
        driver.response.take();
        driver.failed.take();
        self.publish(driver);
        self.arm(driver);
    }

    fn arm(&self, driver: &Rc<ScopeDriver>) {
        let at = driver.scope.borrow_mut().next_wake(self.clock.last());
        let Some(at) = at else {
            driver.timer.borrow_mut().disarm();
            return;
        };
        let now = self.clock.now();
        let (client, woken) = (self.itself.clone(), Rc::clone(driver));
        driver.timer.borrow_mut().arm(now, at, move || {
            let Some(client) = client.upgrade() else { return };
            woken.timer.borrow_mut().disarm();
            woken.scope.borrow_mut().wake(client.clock.now());
            client.drive(&woken);
        });
    }
}

fn send(driver: &ScopeDriver, ticket: Ticket) {
    let call: Option<Call> = driver.scope.borrow().payload(ticket).cloned();
    // The call may have been aborted after the action was queued.
    if let Some(call) = call {
        call.send();
    }
}
