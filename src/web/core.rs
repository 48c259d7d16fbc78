//! The functions that JavaScript calls.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::border;
use super::call::Call;
use super::client::Client;
use super::options::{self, millis};
use super::platform_events::PlatformEvents;
use super::response::ResponseLike;
use crate::throttle::{Request, Route, Ticket};

/// The WebAssembly half of a client; `calls.js` is the other.
///
/// Scopes and tickets are numbers. After a call that may change a scope, the caller calls [`Core::drive`] as soon as it
/// is ready to be called back.
#[wasm_bindgen]
pub struct Core(Rc<Client>);

#[wasm_bindgen]
impl Core {
    /// Makes a client with these options that dispatches its events at `target`.
    ///
    /// # Errors
    /// A TypeError that names the option and its bad value.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, target: &EventTarget) -> Result<Core, JsValue> {
        Ok(Core(Client::new(options::read(options)?, target)))
    }

    /// Returns the number of the scope with this name.
    pub fn scope(&self, name: String) -> u32 {
        self.0.scope(name)
    }

    /// Takes a call; a `max_wait_ms` of NaN is that of the options. Returns its ticket: positive if the call is to be
    /// sent now, negative if it waits.
    ///
    /// # Errors
    /// The error to reject the call with, if it may not wait.
    pub fn enter(
        &self,
        scope: u32,
        call: Call,
        priority: u32,
        flags: u32,
        max_wait_ms: f64,
    ) -> Result<f64, JsValue> {
        let request = Request {
            priority: border::priority(priority),
            max_wait: millis(max_wait_ms),
            resend: flags & border::RESEND != 0,
            idempotent: flags & border::RESEND_IF_UNAVAILABLE != 0,
            safe: flags & border::RESEND_IF_OPAQUE != 0,
            route: Route::UNKNOWN,
        };
        self.0.enter(scope, request, call)
    }

    /// Takes the response to a call. Returns a verdict.
    pub fn answered(&self, scope: u32, ticket: f64, status: u32, response: &ResponseLike) -> u32 {
        self.0.answered(scope, Ticket::from_number(ticket), status, response)
    }

    /// Takes the body of a response that was undecided. Returns a verdict.
    #[wasm_bindgen(js_name = bodyRead)]
    pub fn body_read(&self, scope: u32, ticket: f64, body: &str, response: &ResponseLike) -> u32 {
        self.0.body_read(scope, Ticket::from_number(ticket), body, response)
    }

    /// Takes the failure of a call; `is_opaque` if CORS may hide a response behind it. Returns a verdict.
    pub fn failed(&self, scope: u32, ticket: f64, is_opaque: bool) -> u32 {
        self.0.failed(scope, Ticket::from_number(ticket), is_opaque)
    }

    /// Takes the result of a check if the server can be reached.
    pub fn probed(&self, scope: u32, is_reachable: bool) {
        self.0.probed(scope, is_reachable);
    }

    /// Ends a call that its caller has aborted.
    pub fn abort(&self, scope: u32, ticket: f64) {
        self.0.abort(scope, Ticket::from_number(ticket));
    }

    /// Keeps the platform's events until the client is closed or collected.
    pub fn subscribe(&self, events: PlatformEvents) {
        self.0.subscribe(events);
    }

    /// Reads the clocks and the network's state again.
    pub fn refresh(&self) {
        self.0.refresh();
    }

    /// Takes a message of another tab about the scope with this key; `posted_at` is in epoch milliseconds.
    pub fn receive(&self, key: u64, posted_at: f64, message: &[f64]) {
        self.0.receive_message(key, posted_at, message);
    }

    /// Carries out the actions of a scope.
    pub fn drive(&self, scope: u32) {
        if let Some(driver) = self.0.driver(scope) {
            self.0.drive(&driver);
        }
    }

    /// Takes a response that this client did not request. Returns the length of the pause in milliseconds.
    #[wasm_bindgen(js_name = answeredExternally)]
    pub fn answered_externally(&self, scope: u32, status: u32, response: &ResponseLike) -> f64 {
        self.0.answered_externally(scope, status, response)
    }

    /// Pauses every scope; for NaN, until [`Core::resume`].
    pub fn pause(&self, duration_ms: f64) {
        self.0.pause(millis(duration_ms));
    }

    /// Ends every pause.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// Rejects the queued calls and every later call.
    pub fn close(&self) {
        self.0.close();
    }

    /// Returns the frozen state: the same object until something in it changes.
    pub fn state(&self) -> JsValue {
        self.0.state()
    }

    /// Dispatches `statechange` from now on.
    pub fn watch(&self) {
        self.0.watch();
    }
}
