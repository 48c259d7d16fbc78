//! The `statechange` event.

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

#[wasm_bindgen(module = "/src/web/state-change-event.js")]
extern "C" {
    #[wasm_bindgen(js_name = StateChangeDispatcher)]
    type Dispatcher;
    #[wasm_bindgen(constructor, js_class = StateChangeDispatcher)]
    fn new(target: &EventTarget) -> Dispatcher;
    #[wasm_bindgen(method)]
    fn changed(this: &Dispatcher);
}

/// Dispatches `statechange` once there is a listener; without a listener a change costs nothing.
pub(crate) struct StateChangeEvent {
    dispatcher: Dispatcher,
    is_watched: Cell<bool>,
}

impl StateChangeEvent {
    pub(crate) fn new(target: &EventTarget) -> StateChangeEvent {
        StateChangeEvent { dispatcher: Dispatcher::new(target), is_watched: Cell::new(false) }
    }

    /// Records that there is a listener.
    pub(crate) fn watch(&self) {
        self.is_watched.set(true);
    }

    /// Records that the state has changed.
    pub(crate) fn changed(&self) {
        if self.is_watched.get() {
            self.dispatcher.changed();
        }
    }
}
