use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use super::errors::bad_option;
use crate::throttle::{Backoff, Jitter, Limits, Plan};
use crate::time::Span;

/// The options that decisions depend on. What is about the transport (`baseUrl`, `headers`, `fetch`, a scope
/// function) is checked here and used by `calls.js`.
pub(super) struct Options {
    pub(super) limits: Limits,
    pub(super) backoff: Backoff,
    pub(super) plan: Option<Plan>,
    pub(super) max_wait: Option<Span>,
    pub(super) message: Option<JsValue>,
}

const KNOWN: [&str; 14] = [
    "baseUrl",
    "headers",
    "fetch",
    "scope",
    "plan",
    "maxInFlight",
    "maxAttempts",
    "maxPauseMs",
    "maxQueue",
    "maxWaitMs",
    "backoff",
    "tabs",
    "persist",
    "opaqueThrottling",
];

/// Reads and checks the options.
///
/// # Errors
/// A TypeError that names the option and its bad value; an option that does not exist is an error too, since it is
/// most often a typing error in one that does.
pub(super) fn read(options: &JsValue) -> Result<Options, JsValue> {
    let defaults = Limits::default();
    let options = Section::new(options, "")?;
    options.allow_only(|name| KNOWN.contains(&name) || name == "message")?;
    options.is("baseUrl", "a string or a URL", |value| value.is_string() || value.is_object())?;
    options.is_secret("headers", "headers or a function that returns them", |value| {
        value.is_object() || value.is_function()
    })?;
    options.is("fetch", "a function", JsValue::is_function)?;
    options.is("scope", "\"origin\" or a function", |value| value.is_function() || *value == "origin")?;
    options.is("tabs", "a boolean", |value| value.as_bool().is_some())?;
    options.is("persist", "a boolean", |value| value.as_bool().is_some())?;
    options.is("opaqueThrottling", "\"diagnose\", \"retry\" or \"off\"", |value| {
        *value == "diagnose" || *value == "retry" || *value == "off"
    })?;
    Ok(Options {
        limits: Limits {
            max_in_flight: options.count("maxInFlight", 1)?.unwrap_or(defaults.max_in_flight),
            max_attempts: options.count("maxAttempts", 1)?.unwrap_or(defaults.max_attempts),
            max_pause: options.millis("maxPauseMs")?.unwrap_or(defaults.max_pause),
            max_queue: options.count("maxQueue", 0)?.unwrap_or(defaults.max_queue),
        },
        backoff: backoff(&options)?,
        plan: plan(&options)?,
        max_wait: options.millis("maxWaitMs")?,
        message: options
            .is("message", "a string or a function", |value| value.is_string() || value.is_function())?,
    })
}

fn backoff(options: &Section) -> Result<Backoff, JsValue> {
    let defaults = Backoff::default();
    let Some(section) = options.section("backoff")? else { return Ok(defaults) };
    section.allow_only(|name| matches!(name, "baseMs" | "maxMs" | "jitter"))?;
    let jitter = section.value("jitter")?;
    let jitter = match jitter.as_string().as_deref() {
        None if jitter.is_undefined() => Jitter::default(),
        Some("full") => Jitter::Full,
        Some("equal") => Jitter::Equal,
        Some("decorrelated") => Jitter::Decorrelated,
        Some("none") => Jitter::None,
        _ => {
            return Err(section.bad("jitter", "\"full\", \"equal\", \"decorrelated\" or \"none\"", &jitter));
        }
    };
    let base = section.millis("baseMs")?.unwrap_or(defaults.base);
    let max = section.millis("maxMs")?.unwrap_or(defaults.max);
    Ok(Backoff::new(base, max, jitter))
}

fn plan(options: &Section) -> Result<Option<Plan>, JsValue> {
    let Some(section) = options.section("plan")? else { return Ok(None) };
    section.allow_only(|name| matches!(name, "rate" | "burst"))?;
    let rate = section.number("rate", "a number above 0", |rate| rate > 0.0)?;
    let burst = section.number("burst", "a number of at least 1", |burst| burst >= 1.0)?;
    Ok(Some(Plan { rate, burst }))
}

/// An object of options, and where it stands: `"backoff."` in front of the names of a nested one.
struct Section<'a> {
    object: JsValue,
    path: &'a str,
}

impl<'a> Section<'a> {
    fn new(value: &JsValue, path: &'a str) -> Result<Section<'a>, JsValue> {
        if value.is_undefined() {
            return Ok(Section { object: Object::new().into(), path });
        }
        if !value.is_object() {
            let name = if path.is_empty() { "options" } else { path.trim_end_matches('.') };
            return Err(bad_option(name, "an object", value));
        }
        Ok(Section { object: value.clone(), path })
    }

    fn section(&self, name: &'static str) -> Result<Option<Section<'static>>, JsValue> {
        let value = self.value(name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        let path = match name {
            "backoff" => "backoff.",
            _ => "plan.",
        };
        Section::new(&value, path).map(Some)
    }

    fn allow_only(&self, is_known: impl Fn(&str) -> bool) -> Result<(), JsValue> {
        for key in Object::keys(self.object.unchecked_ref::<Object>()).iter() {
            let name = key.as_string().unwrap_or_default();
            if !is_known(&name) {
                return Err(self.bad(&name, "", &JsValue::UNDEFINED));
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> Result<JsValue, JsValue> {
        Reflect::get(&self.object, &name.into())
    }

    /// The value if there is one, and if it is what it should be.
    fn is(
        &self,
        name: &str,
        expected: &str,
        is_expected: impl Fn(&JsValue) -> bool,
    ) -> Result<Option<JsValue>, JsValue> {
        let value = self.value(name)?;
        if value.is_undefined() {
            return Ok(None);
        }
        if is_expected(&value) { Ok(Some(value)) } else { Err(self.bad(name, expected, &value)) }
    }

    /// As [`Section::is`], for what no error may repeat: it names the type alone.
    fn is_secret(
        &self,
        name: &str,
        expected: &str,
        is_expected: impl Fn(&JsValue) -> bool,
    ) -> Result<(), JsValue> {
        let value = self.value(name)?;
        if value.is_undefined() || is_expected(&value) {
            return Ok(());
        }
        Err(self.bad(name, expected, &value.js_typeof()))
    }

    fn count(&self, name: &str, least: u32) -> Result<Option<u32>, JsValue> {
        let expected = if least == 0 { "a whole number" } else { "a whole number above 0" };
        let in_range = |number: f64| {
            number >= f64::from(least) && number <= f64::from(u32::MAX) && number.fract() == 0.0
        };
        let value = self.is(name, expected, |value| value.as_f64().is_some_and(in_range))?;
        Ok(value.and_then(|value| value.as_f64()).map(|number| number as u32))
    }

    /// A number that there has to be.
    fn number(&self, name: &str, expected: &str, in_range: impl Fn(f64) -> bool) -> Result<f64, JsValue> {
        let value = self.value(name)?;
        let number = value.as_f64().filter(|number| number.is_finite() && in_range(*number));
        number.ok_or_else(|| self.bad(name, expected, &value))
    }

    fn millis(&self, name: &str) -> Result<Option<Span>, JsValue> {
        let value = self.is(name, "a number of milliseconds, 0 or more", is_millis)?;
        Ok(value.and_then(|value| value.as_f64()).map(Span::from_js_millis))
    }

    fn bad(&self, name: &str, expected: &str, value: &JsValue) -> JsValue {
        bad_option(&[self.path, name].concat(), expected, value)
    }
}

/// Whether it is a length of time.
pub(super) fn is_millis(value: &JsValue) -> bool {
    value.as_f64().is_some_and(|number| number.is_finite() && number >= 0.0)
}
