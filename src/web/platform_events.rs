use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/web/surroundings.js")]
extern "C" {
    /// What `calls.js` follows for a client besides its own calls: its page that goes away and comes back, and other tabs.
    pub type Surroundings;
    #[wasm_bindgen(method)]
    fn post(this: &Surroundings, scope: u64, word: &[f64]);
    #[wasm_bindgen(method, js_name = isOffline)]
    fn is_offline(this: &Surroundings) -> bool;
    #[wasm_bindgen(method)]
    fn end(this: &Surroundings);
}

/// When this is dropped, nothing of what was followed is left on the platform.
pub(super) struct Followed(pub(super) Surroundings);

impl Followed {
    /// Whether the browser says that there is no network.
    pub(super) fn is_offline(&self) -> bool {
        self.0.is_offline()
    }

    /// Tells the other tabs.
    pub(super) fn post(&self, scope: u64, word: &[f64]) {
        self.0.post(scope, word);
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        self.0.end();
    }
}
