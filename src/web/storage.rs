use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/web/storage.js")]
extern "C" {
    /// What was kept of a scope: when, in epoch milliseconds, and the memory.
    pub(super) fn recall(scope: u64) -> Option<Vec<f64>>;
    /// Keeps the memory of a scope, or none if there is nothing in it.
    pub(super) fn keep(scope: u64, memory: &[f64]);
}
