//! A refusal as a JavaScript object.

use mock_gateway::answer::GatewayResponse;
use wasm_bindgen::prelude::*;

/// A response that the gateway generates itself, without calling the backend.
#[wasm_bindgen]
pub struct Refusal {
    response: GatewayResponse,
    retry_after: Option<String>,
}

impl Refusal {
    pub(crate) fn new(response: GatewayResponse) -> Refusal {
        Refusal { response, retry_after: None }
    }

    pub(crate) fn with_retry_after(self, retry_after: Option<String>) -> Refusal {
        Refusal { retry_after, ..self }
    }
}

#[wasm_bindgen]
impl Refusal {
    /// The status code.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.response.status()
    }

    /// The value of `x-amzn-errortype`.
    #[wasm_bindgen(getter, js_name = errorType)]
    pub fn error_type(&self) -> String {
        self.response.error_type().to_owned()
    }

    /// The body.
    #[wasm_bindgen(getter)]
    pub fn body(&self) -> String {
        self.response.body()
    }

    /// The value of `retry-after`, if it is sent.
    #[wasm_bindgen(getter, js_name = retryAfter)]
    pub fn retry_after(&self) -> Option<String> {
        self.retry_after.clone()
    }
}
