use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::prelude::*;

use super::client::Client;
use super::events::{millis, name_of, to_object, with_response};
use super::lane::Lane;
use crate::throttle::PauseSource;
use crate::time::Span;

const BUSY: &str = "The application is busy, please try again in a moment.";
const OFFLINE: &str = "There is no network. Requests wait until it is back.";

/// What a page should say to its user while nothing is sent.
impl Client {
    /// A pause begins, or has become longer.
    pub(super) fn announce_pause(&self, lane: &Lane, kind: &str, delay: Span, source: PauseSource) {
        let (message, detail) = self.worded(lane, delay, name_of(source), BUSY);
        lane.message.replace(message);
        self.listeners.dispatch(kind, &detail);
    }

    /// There is no network. Nobody was throttled, so that no event says so: the state does.
    pub(super) fn show_offline(&self, lane: &Lane) {
        let (message, _) = self.worded(lane, Span::MAX, "offline", OFFLINE);
        lane.offline_message.replace(message);
    }

    /// The words of the notification, and the detail of the event that has them. Words of the page's own come before
    /// `default`; a function that throws, or returns no words, is as good as none.
    fn worded(&self, lane: &Lane, delay: Span, source: &str, default: &str) -> (JsValue, JsValue) {
        let snapshot = lane.scope.borrow().snapshot();
        let resume_at = snapshot.resume_at.map_or(f64::INFINITY, |end| self.clock.epoch_millis(end));
        let detail = [
            ("scope", lane.name.as_str().into()),
            ("resumeAt", resume_at.into()),
            ("delayMs", millis(delay).into()),
            ("source", source.into()),
            ("queued", snapshot.queued.into()),
            ("message", default.into()),
        ];
        let detail = with_response(to_object(&detail), lane.cause.take());
        let option = &self.options.message;
        let own = match option.dyn_ref::<Function>() {
            None => Some(option.clone()),
            Some(function) => function.call1(&JsValue::UNDEFINED, &detail).ok(),
        };
        let Some(own) = own.and_then(|words| words.dyn_into::<JsString>().ok()) else {
            return (default.into(), detail);
        };
        let _ = Reflect::set(&detail, &"message".into(), &own);
        (own.into(), detail)
    }
}
