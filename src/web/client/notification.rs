//! The notices of a scope, as events with the texts for the user.

use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::prelude::*;

use super::Client;
use crate::throttle::{Notice, PauseSource, Ticket};
use crate::time::{Instant, Span};
use crate::web::call::Call;
use crate::web::events::{millis, name_of, to_object, with_response};
use crate::web::scope_driver::ScopeDriver;

#[wasm_bindgen(module = "/src/web/diagnosis.js")]
extern "C" {
    /// Warns on the console that CORS hides the page's 429s, and returns the detail of the event.
    #[wasm_bindgen(js_name = hiddenThrottles)]
    fn hidden_throttles(scope: &str) -> JsValue;
}

const BUSY: &str = "The application is busy, please try again in a moment.";
const OFFLINE: &str = "There is no network. Requests wait until it is back.";
const USED_UP: &str = "The quota is used up, please try again later.";

impl Client {
    pub(super) fn notify(&self, driver: &ScopeDriver, notice: Notice) {
        let scope = driver.name.as_str();
        match notice {
            Notice::Throttled { delay, source } => self.announce_pause(driver, "throttled", delay, source),
            Notice::Extended { delay, source } => self.announce_pause(driver, "extended", delay, source),
            Notice::Diagnosed => {
                if !self.is_diagnosed.replace(true) {
                    self.listeners.dispatch("diagnostic", &hidden_throttles(scope));
                }
            }
            // No event, since nothing was throttled: the state shows the message.
            Notice::Offline => {
                let (message, _) = self.pause_detail(driver, Span::MAX, "offline", OFFLINE);
                driver.offline_message.replace(message);
            }
            Notice::Resumed { paused } => {
                let queued = driver.scope.borrow().snapshot().queued;
                let detail =
                    [("scope", scope.into()), ("pausedMs", millis(paused).into()), ("queued", queued.into())];
                self.listeners.dispatch("resumed", &to_object(&detail));
            }
            Notice::Retry { ticket, attempt, delay } => self.announce_retry(driver, ticket, attempt, delay),
            Notice::QuotaExceeded { next_probe } => self.announce_quota(driver, next_probe),
        }
    }

    /// A pause begins or becomes longer.
    fn announce_pause(&self, driver: &ScopeDriver, kind: &str, delay: Span, source: PauseSource) {
        let (message, detail) = self.pause_detail(driver, delay, name_of(source), BUSY);
        driver.message.replace(message);
        self.listeners.dispatch(kind, &detail);
    }

    fn announce_retry(&self, driver: &ScopeDriver, ticket: Ticket, attempt: u32, delay: Span) {
        let call: Option<Call> = driver.scope.borrow().payload(ticket).cloned();
        let Some(call) = call else { return };
        let (url, method) = (call.url(), call.method());
        let detail = [
            ("scope", driver.name.as_str().into()),
            ("url", url.as_str().into()),
            ("method", method.as_str().into()),
            ("attempt", attempt.into()),
            ("delayMs", millis(delay).into()),
        ];
        self.listeners.dispatch("retry", &to_object(&detail));
    }

    fn announce_quota(&self, driver: &ScopeDriver, next_probe: Instant) {
        let detail = [
            ("scope", driver.name.as_str().into()),
            ("message", USED_UP.into()),
            ("nextProbeAt", self.clock.epoch_millis(next_probe).into()),
        ];
        let detail = with_response(to_object(&detail), driver.response.take());
        self.listeners.dispatch("quotaexceeded", &detail);
    }

    /// Returns the message of the notification, and the detail of the event that has it. The page's own message replaces
    /// `default`, unless its function throws or returns no string.
    fn pause_detail(
        &self,
        driver: &ScopeDriver,
        delay: Span,
        source: &str,
        default: &str,
    ) -> (JsValue, JsValue) {
        let snapshot = driver.scope.borrow().snapshot();
        let resume_at = snapshot.resume_at.map_or(f64::INFINITY, |end| self.clock.epoch_millis(end));
        let detail = [
            ("scope", driver.name.as_str().into()),
            ("resumeAt", resume_at.into()),
            ("delayMs", millis(delay).into()),
            ("source", source.into()),
            ("queued", snapshot.queued.into()),
            ("message", default.into()),
        ];
        let detail = with_response(to_object(&detail), driver.response.take());
        let option = &self.options.message;
        let own = match option.dyn_ref::<Function>() {
            None => Some(option.clone()),
            Some(function) => function.call1(&JsValue::UNDEFINED, &detail).ok(),
        };
        let Some(own) = own.and_then(|text| text.dyn_into::<JsString>().ok()) else {
            return (default.into(), detail);
        };
        let _ = Reflect::set(&detail, &"message".into(), &own);
        (own.into(), detail)
    }
}
