use std::cell::Cell;

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

#[wasm_bindgen(module = "/src/web/announcer.js")]
extern "C" {
    #[wasm_bindgen(js_name = Announcer)]
    type Announcing;
    #[wasm_bindgen(constructor, js_class = Announcer)]
    fn new(target: &EventTarget) -> Announcing;
    #[wasm_bindgen(method)]
    fn changed(this: &Announcing);
}

/// Announces that the state has changed, once somebody listens: until then a change costs nothing.
pub(super) struct Announcer {
    announcing: Announcing,
    is_watched: Cell<bool>,
}

impl Announcer {
    pub(super) fn new(target: &EventTarget) -> Announcer {
        Announcer { announcing: Announcing::new(target), is_watched: Cell::new(false) }
    }

    /// Somebody listens from now on.
    pub(super) fn watch(&self) {
        self.is_watched.set(true);
    }

    /// Something has changed.
    pub(super) fn changed(&self) {
        if self.is_watched.get() {
            self.announcing.changed();
        }
    }
}
