use wasm_bindgen::prelude::*;

use super::clock::Clock;
use super::lane::Lane;
use crate::throttle::Status;

#[wasm_bindgen(module = "/src/web/state.js")]
extern "C" {
    /// The state as one frozen object: the same as before if nothing in it has changed.
    pub(super) type Shown;
    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> Shown;
    #[wasm_bindgen(method)]
    fn scope(this: &Shown, name: &str, numbers: &[f64], message: &JsValue);
    #[wasm_bindgen(method)]
    pub(super) fn state(this: &Shown, is_closed: bool) -> JsValue;
}

impl Shown {
    /// What a scope shows of itself: not before anything has happened in it, and a route's own only while something is.
    pub(super) fn show(&self, lane: &Lane, clock: &Clock) {
        let snapshot = lane.scope.borrow().snapshot();
        // A pause that it only heard of is not to be seen any more when it is over.
        let has_happened = snapshot.status > Status::Recovering || snapshot.sent | snapshot.throttled > 0;
        if snapshot.queued + snapshot.in_flight == 0 && (lane.is_own.get() || !has_happened) {
            return;
        }
        let numbers = [
            f64::from(snapshot.status as u8),
            // A clock that is set moves the date, though not the moment.
            snapshot.resume_at.map_or(f64::NAN, |end| clock.epoch_millis(end)),
            snapshot.queued.into(),
            snapshot.in_flight.into(),
            snapshot.rate.unwrap_or(f64::NAN),
            snapshot.sent.into(),
            snapshot.throttled.into(),
        ];
        let words = if snapshot.is_offline { &lane.offline_message } else { &lane.message };
        let message = words.borrow().clone();
        self.scope(&lane.name, &numbers, &message);
    }
}
