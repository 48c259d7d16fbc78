//! What calls.js imports. wasm-bindgen takes along no module but those that Rust itself imports something from.

use wasm_bindgen::prelude::*;

macro_rules! modules {
    ($($path:literal $name:ident)*) => {
        /// Has the browser find each module beside calls.js.
        pub(super) fn bring_along() {
            $({
                #[wasm_bindgen(module = $path)]
                extern "C" {
                    #[wasm_bindgen(thread_local_v2, js_name = $name)]
                    static EXPORT: JsValue;
                }
                EXPORT.with(|export| assert!(export.is_function(), "{} has no {}", $path, stringify!($name)));
            })*
        }
    };
}

modules! {
    "/src/web/announcer.js" Announcer
    "/src/web/call.js" Call
    "/src/web/errors.js" ApiServiceClientError
    "/src/web/init.js" copyOfInit
    "/src/web/lane.js" Lane
    "/src/web/options.js" readOptions
    "/src/web/state.js" stateOf
    "/src/web/urls.js" originOf
}
