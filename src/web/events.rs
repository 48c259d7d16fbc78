//! The events of a client, and their details as plain objects.

use js_sys::{Object, Reflect, WeakRef};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Event, EventTarget};

use crate::throttle::PauseSource;
use crate::time::Span;

/// The target of a client's events. It is held weakly: a client without references and without pending calls can be
/// collected while its timers run.
pub(crate) struct Listeners(WeakRef);

/// A member of a public object.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Member<'a> {
    Text(&'a str),
    Number(f64),
    /// Null, as the public types say for an absent value.
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

/// The members of an object by name, which Serde writes as a map. A derived serializer for each event, with the library's
/// cache of field names, would add 3 kB.
pub(crate) type Members<'a> = &'a [(&'static str, Member<'a>)];

impl Listeners {
    pub(crate) fn new(target: &EventTarget) -> Listeners {
        Listeners(WeakRef::new(target))
    }

    /// Dispatches an event. The platform reports an exception of a listener, and the client goes on.
    pub(crate) fn dispatch(&self, kind: &str, detail: &JsValue) {
        let init = CustomEventInit::new();
        init.set_detail(detail);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(kind, &init) {
            self.send(&event);
        }
    }

    fn send(&self, event: &Event) {
        if let Some(target) = self.0.deref() {
            // Fails only for an event that is being dispatched, and this event is new.
            let _ = target.unchecked_ref::<EventTarget>().dispatch_event(event);
        }
    }
}

/// Makes a plain object.
pub(crate) fn to_object(members: Members<'_>) -> JsValue {
    let serializer = Serializer::new().serialize_maps_as_objects(true).serialize_missing_as_null(true);
    let pairs = members.iter().map(|(name, member)| (name, member));
    serde::Serializer::collect_map(&serializer, pairs).unwrap_or_else(|_| Object::new().into())
}

/// Adds the response that caused the event, or null.
pub(crate) fn with_response(detail: JsValue, response: Option<JsValue>) -> JsValue {
    let response = response.unwrap_or(JsValue::NULL);
    // A plain object takes any property.
    let _ = Reflect::set(&detail, &"response".into(), &response);
    detail
}

/// A duration in an event; `Infinity` if it has no end.
pub(crate) fn millis(span: Span) -> f64 {
    if span == Span::MAX { f64::INFINITY } else { span.as_js_millis() }
}

pub(crate) fn name_of(source: PauseSource) -> &'static str {
    match source {
        PauseSource::RetryAfter => "retry-after",
        PauseSource::RateLimitHeader => "rate-limit-header",
        PauseSource::Backoff => "backoff",
        PauseSource::Opaque => "opaque",
        PauseSource::Manual => "manual",
        PauseSource::AnotherTab => "another-tab",
    }
}
