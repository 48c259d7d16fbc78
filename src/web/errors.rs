use wasm_bindgen::prelude::*;

use super::clock::Clock;
use crate::throttle::Rejection;

#[wasm_bindgen(module = "/src/web/errors.js")]
extern "C" {
    /// The base of what the client rejects with beyond what fetch itself would.
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

/// What the caller of a request is told.
pub(super) fn error_of(rejection: Rejection, scope: &str, clock: &Clock) -> JsValue {
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
        // The call keeps what it has failed with.
        Rejection::Failed => JsValue::UNDEFINED,
    }
}
