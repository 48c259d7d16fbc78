//! The WebAssembly half, as the package hands it to the JavaScript half.

use api_service_client::web::core::{answered, answered_elsewhere, judged};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

/// Its functions. What takes numbers alone is the module's own export; what takes text needs the glue.
pub(super) fn core() -> JsValue {
    let core = Object::assign(&Object::new(), wasm_bindgen::exports().unchecked_ref());
    let set = |name: &str, function: JsValue| Reflect::set(&core, &name.into(), &function).unwrap();
    set(
        "answered",
        Closure::<dyn Fn(u32, f64, u16, String, u32) -> u32>::new(
            |scope, ticket, status, fields: String, random| answered(scope, ticket, status, &fields, random),
        )
        .into_js_value(),
    );
    set(
        "judged",
        Closure::<dyn Fn(u32, f64, String, String, u32) -> u32>::new(
            |scope, ticket, body: String, fields: String, random| {
                judged(scope, ticket, &body, &fields, random)
            },
        )
        .into_js_value(),
    );
    set(
        "answeredElsewhere",
        Closure::<dyn Fn(u32, u16, String, u32) -> f64>::new(|scope, status, fields: String, random| {
            answered_elsewhere(scope, status, &fields, random)
        })
        .into_js_value(),
    );
    core.into()
}
