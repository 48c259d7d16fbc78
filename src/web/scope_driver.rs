use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use super::wake::Wake;
use crate::throttle::{Route, Scope};

#[wasm_bindgen]
extern "C" {
    /// A call of fetch, as `calls.js` keeps it.
    #[derive(Clone)]
    pub type Call;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn url(this: &Call) -> String;
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn method(this: &Call) -> String;
    /// The number of its method and path in its scope.
    #[wasm_bindgen(method, getter, structural)]
    pub(super) fn route(this: &Call) -> u32;
    /// And the name.
    #[wasm_bindgen(method, getter, structural, js_name = routeName)]
    pub(super) fn route_name(this: &Call) -> String;
    #[wasm_bindgen(method, setter, structural)]
    pub(super) fn set_scope(this: &Call, scope: u32);
    /// It goes by other numbers from now on.
    #[wasm_bindgen(method, structural)]
    pub(super) fn moved(this: &Call, scope: u32, ticket: f64);
    /// Sends it.
    #[wasm_bindgen(method, structural)]
    pub(super) fn send(this: &Call);
    /// Finds out whether its server can be reached.
    #[wasm_bindgen(method, structural)]
    pub(super) fn probe(this: &Call);
    /// Ends it; without an error, with what it has failed with.
    #[wasm_bindgen(method, structural)]
    pub(super) fn reject(this: &Call, error: &JsValue);
}

/// A scope, and what the browser's side keeps for it.
///
/// Borrowed for the length of one question to the scope at a time, never while JavaScript runs: a listener or a
/// transport may call back into the client.
pub(super) struct Lane {
    pub(super) name: String,
    /// What other tabs and the storage know it by: no address leaves the page.
    pub(super) key: u64,
    pub(super) scope: RefCell<Scope<Call>>,
    pub(super) wake: RefCell<Wake>,
    /// Whether somebody is carrying out the scope's actions already.
    pub(super) is_driven: Cell<bool>,
    /// The answer that the scope is being told of, for the event that may come of it.
    pub(super) cause: RefCell<Option<JsValue>>,
    /// What the notification of the current pause says.
    pub(super) message: RefCell<JsValue>,
    /// What it says while there is no network.
    pub(super) offline_message: RefCell<JsValue>,
    /// The call that has just failed, or was throttled, for the probe or the lane of its own that may come of it.
    pub(super) failed: RefCell<Option<Call>>,
    /// Routes that have been given a lane of their own, and its number.
    pub(super) routes: RefCell<Vec<(Route, u32)>>,
    /// Whether it is a route's own: people see it only while something is in it.
    pub(super) is_own: Cell<bool>,
}

impl Lane {
    pub(super) fn new(name: String, key: u64, scope: Scope<Call>) -> Lane {
        Lane {
            name,
            key,
            scope: RefCell::new(scope),
            wake: RefCell::default(),
            is_driven: Cell::new(false),
            cause: RefCell::default(),
            message: RefCell::default(),
            offline_message: RefCell::default(),
            failed: RefCell::default(),
            routes: RefCell::default(),
            is_own: Cell::new(false),
        }
    }
}
