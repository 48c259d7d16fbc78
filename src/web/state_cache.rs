//! The public state of a client.

use wasm_bindgen::prelude::*;

use super::border::{ScopeNumbers, status_number};
use super::clock::Clock;
use super::scope_driver::ScopeDriver;

#[wasm_bindgen(module = "/src/web/state-cache.js")]
extern "C" {
    /// The state as a frozen object, the same until something in it changes.
    pub(crate) type StateCache;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> StateCache;
    #[wasm_bindgen(method)]
    fn scope(this: &StateCache, name: &str, numbers: &[f64], message: &JsValue);
    #[wasm_bindgen(method)]
    pub(crate) fn state(this: &StateCache, is_closed: bool) -> JsValue;
}

impl StateCache {
    /// Adds a scope to the next state, if it is visible.
    pub(crate) fn add(&self, driver: &ScopeDriver, clock: &Clock) {
        let snapshot = driver.scope.borrow().snapshot();
        if !snapshot.is_visible(driver.is_route.get()) {
            return;
        }
        let numbers = ScopeNumbers {
            status: status_number(snapshot.status),
            // Converted at each reading, since somebody may set the wall clock during the pause.
            resume_at: snapshot.resume_at.map_or(f64::NAN, |end| clock.epoch_millis(end)),
            queued: snapshot.queued.into(),
            in_flight: snapshot.in_flight.into(),
            rate: snapshot.rate.unwrap_or(f64::NAN),
            sent: snapshot.sent.into(),
            throttled: snapshot.throttled.into(),
        };
        let text = if snapshot.is_offline { &driver.offline_message } else { &driver.message };
        let message = text.borrow().clone();
        self.scope(&driver.name, &numbers.to_array(), &message);
    }
}
