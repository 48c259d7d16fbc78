//! A scope, with the platform's state that belongs to it.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use super::call::Call;
use super::wake_timer::WakeTimer;
use crate::throttle::{Route, Scope};

/// A scope and what the platform's side keeps for it.
///
/// The scope is borrowed for one call at a time, never while JavaScript runs: a listener or a transport may call back
/// into the client.
pub(crate) struct ScopeDriver {
    pub(crate) name: String,
    /// The name of the scope among tabs and in the storage: a hash, so that no address leaves the page.
    pub(crate) key: u64,
    pub(crate) scope: RefCell<Scope<Call>>,
    pub(crate) timer: RefCell<WakeTimer>,
    /// Whether the scope's actions are being carried out.
    pub(crate) is_driven: Cell<bool>,
    /// The response that the scope is handling, for the event that may follow.
    pub(crate) response: RefCell<Option<JsValue>>,
    /// The text of the notification of the current pause.
    pub(crate) message: RefCell<JsValue>,
    /// The text of the notification while there is no network.
    pub(crate) offline_message: RefCell<JsValue>,
    /// The call that has just failed or was throttled, for the probe or the route's scope that may follow.
    pub(crate) failed: RefCell<Option<Call>>,
    /// The routes that have a scope of their own, and its number.
    pub(crate) split_routes: RefCell<Vec<(Route, u32)>>,
    /// Whether the scope is that of one route.
    pub(crate) is_route: Cell<bool>,
}

impl ScopeDriver {
    pub(crate) fn new(name: String, key: u64, scope: Scope<Call>) -> ScopeDriver {
        ScopeDriver {
            name,
            key,
            scope: RefCell::new(scope),
            timer: RefCell::default(),
            is_driven: Cell::new(false),
            response: RefCell::default(),
            message: RefCell::default(),
            offline_message: RefCell::default(),
            failed: RefCell::default(),
            split_routes: RefCell::default(),
            is_route: Cell::new(false),
        }
    }
}
