//! The errors that callers get, besides those of fetch.

use wasm_bindgen::prelude::*;

use super::clock::Clock;
use crate::throttle::Rejection;

#[wasm_bindgen(module = "/src/web/errors.js")]
extern "C" {
    /// Base class of the errors.
    pub type ApiServiceClientError;

    type QueueFullError;
    #[wasm_bindgen(constructor)]
    fn new(scope: &str, limit: u32) -> QueueFullError;

    type QueueTimeoutError;
    #[wasm_bindgen(constructor)]
    fn new(scope: &str, waited_ms: f64) -> QueueTimeoutError;

    type PauseTooLongError;
    #[wasm_bindgen(constructor)]
    fn new(scope: &str, resume_at: f64) -> PauseTooLongError;

    type QuotaExceededError;
    #[wasm_bindgen(constructor)]
    fn new(scope: &str, next_probe_at: f64) -> QuotaExceededError;

    type ClientClosedError;
    #[wasm_bindgen(constructor)]
    fn new(scope: &str) -> ClientClosedError;
}

/// Returns the error for a rejected request.
pub(crate) fn error_of(rejection: Rejection, scope: &str, clock: &Clock) -> JsValue {
    match rejection {
        Rejection::QueueFull { limit } => QueueFullError::new(scope, limit).into(),
        Rejection::QueueTimeout { waited } => {
            QueueTimeoutError::new(scope, waited.as_js_millis().round()).into()
        }
        Rejection::PauseTooLong { resume_at } => {
            PauseTooLongError::new(scope, clock.epoch_millis(resume_at)).into()
        }
        Rejection::QuotaExceeded { next_probe } => {
            QuotaExceededError::new(scope, clock.epoch_millis(next_probe)).into()
        }
        Rejection::Closed => ClientClosedError::new(scope).into(),
        // The call keeps the error of its last attempt.
        Rejection::Failed => JsValue::UNDEFINED,
    }
}
