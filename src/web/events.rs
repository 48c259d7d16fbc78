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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ThrottledDetail<'a> {
    pub(super) scope: &'a str,
    pub(super) resume_at: f64,
    pub(super) delay_ms: f64,
    pub(super) source: &'static str,
    pub(super) queued: u32,
    pub(super) message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResumedDetail<'a> {
    pub(super) scope: &'a str,
    pub(super) paused_ms: f64,
    pub(super) queued: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RetryDetail<'a> {
    pub(super) scope: &'a str,
    pub(super) url: String,
    pub(super) method: String,
    pub(super) attempt: u32,
    pub(super) delay_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuotaExceededDetail<'a> {
    pub(super) scope: &'a str,
    pub(super) message: &'static str,
    pub(super) next_probe_at: f64,
}

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

    pub(super) fn dispatch_plain(&self, kind: &str) {
        if let Ok(event) = Event::new(kind) {
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

/// A plain object. What is absent is null, as the public types have it.
pub(super) fn to_object(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::new().serialize_missing_as_null(true))
        .unwrap_or_else(|_| Object::new().into())
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
        PauseSource::Manual => "manual",
    }
}
