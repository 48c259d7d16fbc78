use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/web/surroundings.js")]
extern "C" {
    #[wasm_bindgen(js_name = Surroundings)]
    type Followed;
    #[wasm_bindgen(constructor, js_class = Surroundings)]
    fn new(back: &JsValue, hear: &JsValue) -> Followed;
    #[wasm_bindgen(method)]
    fn post(this: &Followed, scope: u64, word: &[f64]);
    #[wasm_bindgen(method, js_name = isOffline)]
    fn is_offline(this: &Followed) -> bool;
    #[wasm_bindgen(method)]
    fn end(this: &Followed);
}

/// What a client follows besides its own calls: its page that goes away and comes back, and other tabs. When this is
/// dropped, nothing of it is left on the platform.
pub(super) struct Surroundings {
    followed: Followed,
    _back: Closure<dyn Fn()>,
    _hear: Option<Closure<Hear>>,
}

/// What another tab says: of which scope, posted when (epoch milliseconds), and the word.
type Hear = dyn Fn(u64, f64, Vec<f64>);

impl Surroundings {
    /// `back` is called whenever the clock should be looked at again.
    pub(super) fn follow(
        back: impl Fn() + 'static,
        hear: Option<impl Fn(u64, f64, Vec<f64>) + 'static>,
    ) -> Surroundings {
        let back = Closure::new(back);
        let hear: Option<Closure<Hear>> = hear.map(Closure::new);
        let nobody = JsValue::UNDEFINED;
        let heard_by = hear.as_ref().map_or(&nobody, AsRef::as_ref);
        let followed = Followed::new(back.as_ref(), heard_by);
        Surroundings { followed, _back: back, _hear: hear }
    }

    /// Whether the browser says that there is no network.
    pub(super) fn is_offline(&self) -> bool {
        self.followed.is_offline()
    }

    /// Tells the other tabs.
    pub(super) fn post(&self, scope: u64, word: &[f64]) {
        self.followed.post(scope, word);
    }
}

impl Drop for Surroundings {
    fn drop(&mut self) {
        self.followed.end();
    }
}
