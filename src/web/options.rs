use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use super::errors::bad_option;
use crate::throttle::{Backoff, Jitter, Limits, OpaqueThrottling, Plan};
use crate::time::Span;

/// The options that decisions depend on. What is about the transport (`baseUrl`, `headers`, `fetch`, a scope
/// function) is checked here and used by `calls.js`.
pub(super) struct Options {
    pub(super) limits: Limits,
    pub(super) backoff: Backoff,
    pub(super) plan: Option<Plan>,
    pub(super) max_wait: Option<Span>,
    pub(super) message: Option<JsValue>,
    pub(super) opaque_throttling: OpaqueThrottling,
    /// Whether to share what is learned with the other tabs.
    pub(super) tabs: bool,
    /// Whether to keep it over a reload.
    pub(super) persist: bool,
}

/// An option: its name, what is expected in words, and whether a value is that. A table is read by one loop; a line of
/// code for each option would weigh three times as much.
type Rule = (&'static str, &'static str, fn(&JsValue) -> bool);

const MILLIS: &str = "a number of milliseconds, 0 or more";
const POSITIVE: &str = "a whole number above 0";

const CLIENT: [Rule; 15] = [
    ("baseUrl", "a string or a URL", |value| value.is_string() || value.is_object()),
    (HEADERS, "headers or a function that returns them", |value| value.is_object() || value.is_function()),
    ("fetch", "a function", JsValue::is_function),
    ("scope", "\"origin\" or a function", |value| value.is_function() || *value == "origin"),
    ("tabs", "a boolean", is_boolean),
    ("persist", "a boolean", is_boolean),
    ("opaqueThrottling", "\"diagnose\", \"retry\" or \"off\"", |value| opaque_throttling(value).is_some()),
    ("maxInFlight", POSITIVE, is_positive),
    ("maxAttempts", POSITIVE, is_positive),
    ("maxPauseMs", MILLIS, is_millis),
    ("maxQueue", "a whole number", is_count),
    ("backoff", "an object", JsValue::is_object),
    ("plan", "an object", JsValue::is_object),
    ("maxWaitMs", MILLIS, is_millis),
    ("message", "a string or a function", |value| value.is_string() || value.is_function()),
];
const BACKOFF: [Rule; 3] = [
    ("baseMs", MILLIS, is_millis),
    ("maxMs", MILLIS, is_millis),
    ("jitter", "\"full\", \"equal\", \"decorrelated\" or \"none\"", |value| jitter(value).is_some()),
];
const PLAN: [Rule; 2] = [
    ("rate", "a number above 0", |value| number(value).is_some_and(|rate| rate > 0.0)),
    ("burst", "a number of at least 1", |value| number(value).is_some_and(|burst| burst >= 1.0)),
];

/// No error may repeat its value.
const HEADERS: &str = "headers";

/// Reads and checks the options.
///
/// # Errors
/// A TypeError that names the option and its bad value; an option that does not exist is an error too, since it is
/// most often a typing error in one that does.
pub(super) fn read(options: &JsValue) -> Result<Options, JsValue> {
    let limits = Limits::default();
    let options = Section::read(options, "options", "", &CLIENT)?;
    Ok(Options {
        limits: Limits {
            max_in_flight: options.count("maxInFlight").unwrap_or(limits.max_in_flight),
            max_attempts: options.count("maxAttempts").unwrap_or(limits.max_attempts),
            max_pause: options.millis("maxPauseMs").unwrap_or(limits.max_pause),
            max_queue: options.count("maxQueue").unwrap_or(limits.max_queue),
        },
        backoff: backoff(&options.value("backoff"))?,
        plan: plan(&options.value("plan"))?,
        max_wait: options.millis("maxWaitMs"),
        opaque_throttling: opaque_throttling(&options.value("opaqueThrottling")).unwrap_or_default(),
        message: Some(options.value("message")).filter(|message| !message.is_undefined()),
        tabs: options.value("tabs") != false,
        persist: options.value("persist") != false,
    })
}

fn backoff(given: &JsValue) -> Result<Backoff, JsValue> {
    let defaults = Backoff::default();
    let section = Section::read(given, "backoff", "backoff.", &BACKOFF)?;
    Ok(Backoff::new(
        section.millis("baseMs").unwrap_or(defaults.base),
        section.millis("maxMs").unwrap_or(defaults.max),
        jitter(&section.value("jitter")).unwrap_or_default(),
    ))
}

fn plan(given: &JsValue) -> Result<Option<Plan>, JsValue> {
    if given.is_undefined() {
        return Ok(None);
    }
    let section = Section::read(given, "plan", "plan.", &PLAN)?;
    // Either is nothing without the other.
    for (name, expected, _) in PLAN {
        if section.value(name).is_undefined() {
            return Err(section.bad(name, expected, &JsValue::UNDEFINED));
        }
    }
    let number = |name| number(&section.value(name)).unwrap_or_default();
    Ok(Some(Plan { rate: number("rate"), burst: number("burst") }))
}

/// What was given, read once and checked.
struct Section {
    rules: &'static [Rule],
    values: Vec<JsValue>,
    /// `"backoff."` in front of the names of a nested object.
    path: &'static str,
}

impl Section {
    fn read(
        given: &JsValue,
        name: &str,
        path: &'static str,
        rules: &'static [Rule],
    ) -> Result<Section, JsValue> {
        let mut section = Section { rules, values: Vec::new(), path };
        if given.is_undefined() {
            return Ok(section);
        }
        if !given.is_object() {
            return Err(bad_option(name, "an object", given));
        }
        for key in Object::keys(given.unchecked_ref::<Object>()).iter() {
            let key = key.as_string().unwrap_or_default();
            if !rules.iter().any(|(name, ..)| *name == key) {
                return Err(section.bad(&key, "", &JsValue::UNDEFINED));
            }
        }
        for (name, expected, is_expected) in rules {
            let value = Reflect::get(given, &(*name).into())?;
            if !value.is_undefined() && !is_expected(&value) {
                let shown = if *name == HEADERS { value.js_typeof() } else { value };
                return Err(section.bad(name, expected, &shown));
            }
            section.values.push(value);
        }
        Ok(section)
    }

    fn value(&self, name: &str) -> JsValue {
        let place = self.rules.iter().position(|(known, ..)| *known == name);
        place.and_then(|place| self.values.get(place)).cloned().unwrap_or(JsValue::UNDEFINED)
    }

    fn count(&self, name: &str) -> Option<u32> {
        number(&self.value(name)).map(|number| number as u32)
    }

    fn millis(&self, name: &str) -> Option<Span> {
        number(&self.value(name)).map(Span::from_js_millis)
    }

    fn bad(&self, name: &str, expected: &str, value: &JsValue) -> JsValue {
        let mut full = self.path.to_owned();
        full.push_str(name);
        bad_option(&full, expected, value)
    }
}

fn jitter(name: &JsValue) -> Option<Jitter> {
    const NAMES: [(&str, Jitter); 4] = [
        ("full", Jitter::Full),
        ("equal", Jitter::Equal),
        ("decorrelated", Jitter::Decorrelated),
        ("none", Jitter::None),
    ];
    named(&NAMES, name)
}

fn opaque_throttling(name: &JsValue) -> Option<OpaqueThrottling> {
    const NAMES: [(&str, OpaqueThrottling); 3] = [
        ("diagnose", OpaqueThrottling::Diagnose),
        ("retry", OpaqueThrottling::Retry),
        ("off", OpaqueThrottling::Off),
    ];
    named(&NAMES, name)
}

fn named<T: Copy>(names: &[(&str, T)], name: &JsValue) -> Option<T> {
    names.iter().find_map(|(known, value)| (*name == **known).then_some(*value))
}

fn number(value: &JsValue) -> Option<f64> {
    value.as_f64().filter(|number| number.is_finite())
}

fn is_boolean(value: &JsValue) -> bool {
    value.as_bool().is_some()
}

fn is_count(value: &JsValue) -> bool {
    value.as_f64().is_some_and(|number| f64::from(number as u32) == number)
}

fn is_positive(value: &JsValue) -> bool {
    is_count(value) && value.as_f64() != Some(0.0)
}

/// Whether it is a length of time.
pub(super) fn is_millis(value: &JsValue) -> bool {
    number(value).is_some_and(|number| number >= 0.0)
}
