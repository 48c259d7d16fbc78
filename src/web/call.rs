//! A call of fetch, as `call.js` keeps it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A call of fetch.
    #[derive(Clone)]
    pub type Call;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn url(this: &Call) -> String;
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn method(this: &Call) -> String;
    /// The number of its route: its method, and its path without ids.
    #[wasm_bindgen(method, getter, structural)]
    pub(crate) fn route(this: &Call) -> u32;
    /// The name of the scope that its route may get.
    #[wasm_bindgen(method, getter, structural, js_name = routeName)]
    pub(crate) fn route_name(this: &Call) -> String;
    #[wasm_bindgen(method, setter, structural)]
    pub(crate) fn set_scope(this: &Call, scope: u32);
    /// Gives it the numbers by which its new scope knows it.
    #[wasm_bindgen(method, structural)]
    pub(crate) fn moved(this: &Call, scope: u32, ticket: f64);
    #[wasm_bindgen(method, structural)]
    pub(crate) fn send(this: &Call);
    /// Checks if its server can be reached.
    #[wasm_bindgen(method, structural)]
    pub(crate) fn probe(this: &Call);
    /// Rejects it; if `error` is undefined, with the error of its last attempt.
    #[wasm_bindgen(method, structural)]
    pub(crate) fn reject(this: &Call, error: &JsValue);
}
