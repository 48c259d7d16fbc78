use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    #[wasm_bindgen(js_name = Network)]
    type BrowsersWord;
    #[wasm_bindgen(constructor, js_class = Network)]
    fn new(changed: &JsValue) -> BrowsersWord;
    #[wasm_bindgen(method, js_class = Network, js_name = isOffline)]
    fn is_offline(this: &BrowsersWord) -> bool;
    #[wasm_bindgen(method, js_class = Network)]
    fn end(this: &BrowsersWord);
}

/// Follows what the browser says of the network, for as long as this lives.
pub(super) struct Network {
    word: BrowsersWord,
    _changed: Closure<dyn Fn()>,
}

impl Network {
    /// `changed` is called whenever the browser has changed its mind.
    pub(super) fn follow(changed: impl Fn() + 'static) -> Network {
        let changed = Closure::new(changed);
        Network { word: BrowsersWord::new(changed.as_ref()), _changed: changed }
    }

    /// Whether the browser says that there is no network.
    pub(super) fn is_offline(&self) -> bool {
        self.word.is_offline()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.word.end();
    }
}
