//! The response of a transport, which need not be the platform's.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::headers::Fields;

#[wasm_bindgen]
extern "C" {
    /// Any object in place of a `Response`: its members may be missing or throw.
    pub type ResponseLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    pub(crate) fn headers(this: &ResponseLike) -> Result<HeadersLike, JsValue>;

    pub type HeadersLike;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &HeadersLike, name: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = String)]
    fn text_of(value: &JsValue) -> Result<String, JsValue>;
}

thread_local! {
    /// The names of header fields as JavaScript strings. Several are read from every response, and making the string
    /// takes as long as reading the field.
    static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// The header fields of a response that the page may read.
impl Fields for HeadersLike {
    fn get(&self, name: &'static str) -> Option<String> {
        let value = HeadersLike::get(self, &interned(name)).ok()?;
        // A transport may return numbers.
        if value.is_null() || value.is_undefined() { None } else { text_of(&value).ok() }
    }
}

/// A response without headers.
impl Fields for Option<HeadersLike> {
    fn get(&self, name: &'static str) -> Option<String> {
        Fields::get(self.as_ref()?, name)
    }
}

fn interned(name: &'static str) -> JsValue {
    NAMES.with_borrow_mut(|names| {
        // The list has about fifteen names, each a constant: the addresses are compared.
        if let Some((_, known)) = names.iter().find(|(known, _)| std::ptr::eq(*known, name)) {
            return known.clone();
        }
        let text = JsValue::from_str(name);
        names.push((name, text.clone()));
        text
    })
}
