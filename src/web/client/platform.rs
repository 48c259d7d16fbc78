//! The client and its surroundings: the page, the network, the other tabs, the storage.

use std::rc::Rc;

use super::Client;
use crate::web::persistence::{age_of, save};
use crate::web::platform_events::{PlatformEvents, Subscription};
use crate::web::scope_driver::ScopeDriver;

impl Client {
    pub(crate) fn subscribe(&self, events: PlatformEvents) {
        let subscription = Subscription(events);
        if !self.is_closed.get() {
            self.platform.replace(Some(Rc::new(subscription)));
        }
    }

    pub(crate) fn refresh(&self) {
        let now = self.clock.now();
        let is_offline = self.is_offline();
        self.each(&|scope| {
            if is_offline {
                scope.offline(now);
            } else {
                scope.online(now);
            }
            scope.wake(now);
        });
    }

    pub(crate) fn receive_message(&self, key: u64, posted_at: f64, message: &[f64]) {
        let age = age_of(posted_at);
        let driver = self.drivers().into_iter().find(|driver| driver.key == key);
        if let Some(driver) = driver {
            driver.scope.borrow_mut().receive_message(self.clock.now(), age, message);
            self.drive(&driver);
        }
    }

    pub(super) fn is_offline(&self) -> bool {
        self.platform.borrow().as_ref().is_some_and(|platform| platform.is_offline())
    }

    /// Sends the scope's message to the other tabs, and saves its state.
    pub(super) fn publish(&self, driver: &ScopeDriver) {
        // A closed client no longer learns the limit, and its saved state is still true.
        let platform = self.platform.borrow().clone().filter(|_| !self.is_closed.get());
        let Some(platform) = platform else { return };
        let now = self.clock.last();
        let message = driver.scope.borrow_mut().take_message(now);
        if let Some(message) = message {
            platform.post(driver.key, &message);
        }
        if self.options.persist {
            let state = driver.scope.borrow_mut().take_persisted(now);
            if let Some(state) = state {
                save(driver.key, &state);
            }
        }
    }
}
