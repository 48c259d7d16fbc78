use js_sys::{Object, Reflect, WeakRef};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Event, EventTarget};

use crate::throttle::PauseSource;
use crate::time::Span;

/// Where the events of a client go. It is held weakly: a client that nobody refers to any more, and none of whose
/// calls is under way, may be collected although its timers still run.
pub(super) struct Listeners(WeakRef);

/// One member of an object that people see.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Member<'a> {
    Text(&'a str),
    Number(f64),
    /// Null: so the public types have what is absent.
    Absent,
}

impl<'a> From<&'a str> for Member<'a> {
    fn from(text: &'a str) -> Member<'a> {
        Member::Text(text)
    }
}

impl From<f64> for Member<'_> {
    fn from(number: f64) -> Self {
        Member::Number(number)
    }
}

impl From<u32> for Member<'_> {
    fn from(number: u32) -> Self {
        Member::Number(number.into())
    }
}

impl<'a, T: Into<Member<'a>>> From<Option<T>> for Member<'a> {
    fn from(value: Option<T>) -> Member<'a> {
        value.map_or(Member::Absent, T::into)
    }
}

/// The members of an object, by name: a list of pairs that Serde writes as a map. A derived serializer for each kind of
/// event, with the library's cache of field names, would weigh some 3 kB more.
pub(super) type Members<'a> = &'a [(&'static str, Member<'a>)];

impl Listeners {
    pub(super) fn new(target: &EventTarget) -> Listeners {
        Listeners(WeakRef::new(target))
    }

    /// Tells them. What a listener throws is reported by the platform and stops nothing.
    pub(super) fn dispatch(&self, kind: &str, detail: &JsValue) {
        let init = CustomEventInit::new();
        init.set_detail(detail);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(kind, &init) {
            self.send(&event);
        }
    }

    fn send(&self, event: &Event) {
        if let Some(target) = self.0.deref() {
            // Fails only for an event that is being dispatched already, which a new one is not.
            let _ = target.unchecked_ref::<EventTarget>().dispatch_event(event);
        }
    }
}

/// A plain object.
pub(super) fn to_object(members: Members<'_>) -> JsValue {
    let serializer = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    let pairs = members.iter().map(|(name, member)| (name, member));
    serde::Serializer::collect_map(&serializer, pairs).unwrap_or_else(|_| Object::new().into())
}

/// Adds the answer that an event is about; null where there is none.
pub(super) fn with_response(detail: JsValue, response: Option<JsValue>) -> JsValue {
    let response = response.unwrap_or(JsValue::NULL);
    // A plain object that was just made takes any property.
    let _ = Reflect::set(&detail, &"response".into(), &response);
    detail
}

/// A length of time in an event; without an end it is infinite.
pub(super) fn millis(span: Span) -> f64 {
    if span == Span::MAX { f64::INFINITY } else { span.as_js_millis() }
}

pub(super) fn name_of(source: PauseSource) -> &'static str {
    match source {
        PauseSource::RetryAfter => "retry-after",
        PauseSource::RateLimitHeader => "rate-limit-header",
        PauseSource::Backoff => "backoff",
        PauseSource::Opaque => "opaque",
        PauseSource::Manual => "manual",
        PauseSource::AnotherTab => "another-tab",
    }
}
