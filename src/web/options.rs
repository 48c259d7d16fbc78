//! The options of a client that the core needs.

use wasm_bindgen::prelude::*;

use super::border::{self, OptionNumbers};
use crate::throttle::{Backoff, Limits, OpaqueThrottling, Plan};
use crate::time::Span;

#[wasm_bindgen(module = "/src/web/options.js")]
extern "C" {
    #[wasm_bindgen(js_name = Options)]
    type Checked;
    #[wasm_bindgen(constructor, catch, js_class = Options)]
    fn new(given: &JsValue) -> Result<Checked, JsValue>;
    #[wasm_bindgen(method)]
    fn numbers(this: &Checked) -> Vec<f64>;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Checked) -> JsValue;
}

/// The options of a client, without `baseUrl`, `headers`, `fetch` and `scope`, which only `calls.js` uses.
pub(crate) struct Options {
    pub(crate) limits: Limits,
    pub(crate) backoff: Backoff,
    pub(crate) plan: Option<Plan>,
    pub(crate) max_wait: Option<Span>,
    pub(crate) message: JsValue,
    pub(crate) opaque_throttling: OpaqueThrottling,
    /// Whether to exchange messages with other tabs.
    pub(crate) tabs: bool,
    /// Whether to persist state over a reload.
    pub(crate) persist: bool,
}

/// Reads the options, which `options.js` checks.
///
/// # Errors
/// A TypeError that names the option and its bad value.
pub(crate) fn read(options: &JsValue) -> Result<Options, JsValue> {
    let checked = Checked::new(options)?;
    let Some(given) = OptionNumbers::from_slice(&checked.numbers()) else {
        return Err(JsValue::UNDEFINED);
    };
    let (limits, backoff) = (Limits::default(), Backoff::default());
    Ok(Options {
        limits: Limits {
            max_in_flight: count(given.max_in_flight).unwrap_or(limits.max_in_flight),
            max_attempts: count(given.max_attempts).unwrap_or(limits.max_attempts),
            max_pause: millis(given.max_pause_ms).unwrap_or(limits.max_pause),
            max_queue: count(given.max_queue).unwrap_or(limits.max_queue),
        },
        backoff: Backoff::new(
            millis(given.base_ms).unwrap_or(backoff.base),
            millis(given.max_ms).unwrap_or(backoff.max),
            border::jitter(given.jitter),
        ),
        plan: (given.rate > 0.0).then_some(Plan { rate: given.rate, burst: given.burst }),
        max_wait: millis(given.max_wait_ms),
        message: checked.message(),
        opaque_throttling: border::opaque_throttling(given.opaque_throttling),
        tabs: given.tabs > 0.0,
        persist: given.persist > 0.0,
    })
}

fn count(given: f64) -> Option<u32> {
    (!given.is_nan()).then_some(given as u32)
}

/// A duration that JavaScript has checked; `None` if it was not given.
pub(crate) fn millis(given: f64) -> Option<Span> {
    (!given.is_nan()).then(|| Span::from_js_millis(given))
}
