use wasm_bindgen::prelude::*;

use crate::throttle::{Backoff, Jitter, Limits, OpaqueThrottling, Plan};
use crate::time::Span;

#[wasm_bindgen(module = "/src/web/options.js")]
extern "C" {
    #[wasm_bindgen(js_name = Options)]
    type Given;
    #[wasm_bindgen(constructor, catch, js_class = Options)]
    fn new(given: &JsValue) -> Result<Given, JsValue>;
    /// In the order in which [`read`] takes them; NaN is what was not given.
    #[wasm_bindgen(method)]
    fn numbers(this: &Given) -> Vec<f64>;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Given) -> JsValue;
}

/// The options that decisions depend on. What is about the transport (`baseUrl`, `headers`, `fetch`, a scope
/// function) is used by `calls.js`.
pub(super) struct Options {
    pub(super) limits: Limits,
    pub(super) backoff: Backoff,
    pub(super) plan: Option<Plan>,
    pub(super) max_wait: Option<Span>,
    pub(super) message: JsValue,
    pub(super) opaque_throttling: OpaqueThrottling,
    /// Whether to share what is learned with the other tabs.
    pub(super) tabs: bool,
    /// Whether to keep it over a reload.
    pub(super) persist: bool,
}

/// Reads the options, which `options.js` checks.
///
/// # Errors
/// A TypeError that names the option and its bad value.
pub(super) fn read(options: &JsValue) -> Result<Options, JsValue> {
    let given = Given::new(options)?;
    let numbers = given.numbers();
    let &[in_flight, attempts, pause, queue, wait, base, max, rate, burst, jitter, opaque, tabs, persist] =
        numbers.as_slice()
    else {
        return Err(JsValue::UNDEFINED);
    };
    let (limits, backoff) = (Limits::default(), Backoff::default());
    Ok(Options {
        limits: Limits {
            max_in_flight: count(in_flight).unwrap_or(limits.max_in_flight),
            max_attempts: count(attempts).unwrap_or(limits.max_attempts),
            max_pause: millis(pause).unwrap_or(limits.max_pause),
            max_queue: count(queue).unwrap_or(limits.max_queue),
        },
        backoff: Backoff::new(
            millis(base).unwrap_or(backoff.base),
            millis(max).unwrap_or(backoff.max),
            match jitter as u32 {
                1 => Jitter::Equal,
                2 => Jitter::Decorrelated,
                3 => Jitter::None,
                _ => Jitter::Full,
            },
        ),
        plan: (rate > 0.0).then_some(Plan { rate, burst }),
        max_wait: millis(wait),
        message: given.message(),
        opaque_throttling: match opaque as u32 {
            1 => OpaqueThrottling::Retry,
            2 => OpaqueThrottling::Off,
            _ => OpaqueThrottling::Diagnose,
        },
        tabs: tabs > 0.0,
        persist: persist > 0.0,
    })
}

fn count(given: f64) -> Option<u32> {
    (!given.is_nan()).then_some(given as u32)
}

/// A length of time that `calls.js` or `options.js` has checked; `None` if it was not given.
pub(super) fn millis(given: f64) -> Option<Span> {
    (!given.is_nan()).then(|| Span::from_js_millis(given))
}
