//! The platform's events that concern a client, and the channel to the other tabs.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/web/platform-events.js")]
extern "C" {
    /// Listeners for the page's lifecycle and the network, and the channel to the other tabs.
    pub type PlatformEvents;
    #[wasm_bindgen(method)]
    fn post(this: &PlatformEvents, scope: u64, message: &[f64]);
    #[wasm_bindgen(method, js_name = isOffline)]
    fn is_offline(this: &PlatformEvents) -> bool;
    #[wasm_bindgen(method)]
    fn end(this: &PlatformEvents);
}

/// Ends the listeners and the channel when it is dropped.
pub(crate) struct Subscription(pub(crate) PlatformEvents);

impl Subscription {
    /// Whether the browser says that there is no network.
    pub(crate) fn is_offline(&self) -> bool {
        self.0.is_offline()
    }

    /// Sends a message about a scope to the other tabs.
    pub(crate) fn post(&self, scope: u64, message: &[f64]) {
        self.0.post(scope, message);
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.0.end();
    }
}
