use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = addEventListener)]
    fn add_listener(kind: &str, listener: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = navigator)]
    type Navigator;
    #[wasm_bindgen(catch, static_method_of = Navigator, getter, js_class = "navigator", js_name = onLine)]
    fn is_online() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = removeEventListener)]
    fn remove_listener(kind: &str, listener: &JsValue) -> Result<(), JsValue>;
}

/// Follows what the browser says of the network, where it says anything, for as long as this lives.
pub(super) struct Network(Closure<dyn Fn()>);

const EVENTS: [&str; 2] = ["offline", "online"];

impl Network {
    /// `changed` is called whenever the browser has changed its mind.
    pub(super) fn follow(changed: impl Fn() + 'static) -> Network {
        let changed = Closure::new(changed);
        for kind in EVENTS {
            // Outside of pages and workers there is no such function, and nothing to follow.
            let _ = add_listener(kind, changed.as_ref());
        }
        Network(changed)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for kind in EVENTS {
            let _ = remove_listener(kind, self.0.as_ref());
        }
    }
}

/// Whether the browser says that there is no network.
pub(super) fn is_offline() -> bool {
    Navigator::is_online().is_ok_and(|is_online| is_online == false)
}
