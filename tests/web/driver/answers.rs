use wasm_bindgen::prelude::*;
use web_sys::{AbortController, Headers, Response, ResponseInit};

#[wasm_bindgen(module = "/tests/web/made-up.js")]
extern "C" {
    /// A 429 whose headers leave open what was met. Its body says so, or hangs if there is none.
    pub(crate) fn undecided(body: Option<&str>) -> JsValue;
    /// An answer of which everything throws that is looked at.
    pub(crate) fn booby() -> JsValue;
    /// An answer with a body that is no stream of the browser's.
    #[wasm_bindgen(js_name = withForeignBody)]
    pub(crate) fn with_foreign_body(status: u16) -> JsValue;
    /// A function that says how many listeners a target has, from now on.
    #[wasm_bindgen(js_name = countedListeners)]
    pub(crate) fn counted_listeners(target: &JsValue) -> js_sys::Function;
    /// A function that says how many listeners the controller's signal has.
    #[wasm_bindgen(js_name = countedSignal)]
    pub(crate) fn counted_signal(controller: &AbortController) -> js_sys::Function;
}

pub(crate) fn answer(status: u16, fields: &[(&str, &str)]) -> JsValue {
    let headers = Headers::new().unwrap();
    for (name, value) in fields {
        headers.set(name, value).unwrap();
    }
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&headers);
    Response::new_with_opt_str_and_init(Some("the body"), &init).unwrap().into()
}

pub(crate) fn ok() -> JsValue {
    answer(200, &[])
}

/// A 429 that is a throttle for certain: a page of HTML is not looked into.
pub(crate) fn throttled() -> JsValue {
    answer(429, &[("content-type", "text/html")])
}

/// A throttle that says how long to wait.
pub(crate) fn throttled_for(retry_after: &str) -> JsValue {
    answer(429, &[("content-type", "text/html"), ("retry-after", retry_after)])
}

/// A used-up quota.
pub(crate) fn quota_exceeded() -> JsValue {
    answer(429, &[("x-amzn-errortype", "LimitExceededException")])
}
