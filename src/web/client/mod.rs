//! A client: its scopes, its clock, its options, its events.

mod drive;
mod notification;
mod platform;
mod requests;
mod routes;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::call::Call;
use super::clock::Clock;
use super::events::Listeners;
use super::options::Options;
use super::persistence::{key_of, recall};
use super::platform_events::Subscription;
use super::random::random_u32;
use super::scope_driver::ScopeDriver;
use super::state_cache::StateCache;
use super::state_change_event::StateChangeEvent;
use crate::throttle::{ManualPause, Scope};
use crate::time::Span;

/// The state of a client. Its methods are the only code that calls a scope.
pub(crate) struct Client {
    options: Options,
    clock: Clock,
    listeners: Listeners,
    state_change: StateChangeEvent,
    state_cache: StateCache,
    is_closed: Cell<bool>,
    manual_pause: Cell<ManualPause>,
    drivers: RefCell<Vec<Rc<ScopeDriver>>>,
    /// From the first scope until the client is closed.
    platform: RefCell<Option<Rc<Subscription>>>,
    /// Whether the page was told that CORS hides its 429s.
    is_diagnosed: Cell<bool>,
    itself: Weak<Client>,
}

impl Client {
    pub(crate) fn new(options: Options, target: &EventTarget) -> Rc<Client> {
        Rc::new_cyclic(|itself| Client {
            options,
            clock: Clock::start(),
            listeners: Listeners::new(target),
            state_change: StateChangeEvent::new(target),
            state_cache: StateCache::new(),
            is_closed: Cell::new(false),
            manual_pause: Cell::default(),
            drivers: RefCell::default(),
            platform: RefCell::default(),
            is_diagnosed: Cell::new(false),
            itself: itself.clone(),
        })
    }

    /// Returns the number of the scope with this name, which is made if the client has none.
    pub(crate) fn scope(&self, name: String) -> u32 {
        let mut drivers = self.drivers.borrow_mut();
        if let Some(known) = drivers.iter().position(|driver| driver.name == name) {
            return known as u32;
        }
        let mut scope = Scope::new(self.options.limits, self.options.backoff, self.options.plan);
        scope.set_opaque_throttling(self.options.opaque_throttling);
        let now = self.clock.now();
        let key = key_of(&name);
        if self.options.tabs {
            scope.join_tabs(random_u32());
        }
        if self.options.persist {
            recall(&mut scope, now, key);
        }
        scope.join_pause(now, self.manual_pause.get());
        if self.is_closed.get() {
            scope.close();
        } else if self.is_offline() {
            scope.offline(now);
        }
        drivers.push(Rc::new(ScopeDriver::new(name, key, scope)));
        (drivers.len() - 1) as u32
    }

    pub(crate) fn driver(&self, number: u32) -> Option<Rc<ScopeDriver>> {
        self.drivers.borrow().get(number as usize).cloned()
    }

    pub(crate) fn pause(&self, duration: Option<Span>) {
        let now = self.clock.now();
        let mut pause = self.manual_pause.get();
        pause.extend(now, duration);
        self.manual_pause.set(pause);
        self.each(&|scope| scope.pause(now, duration));
    }

    pub(crate) fn resume(&self) {
        let now = self.clock.now();
        self.manual_pause.take();
        self.each(&|scope| scope.resume(now));
    }

    pub(crate) fn close(&self) {
        self.is_closed.set(true);
        self.each(&Scope::close);
        self.platform.take();
    }

    pub(crate) fn state(&self) -> JsValue {
        // Reads the wall clock, by which dates are shown.
        self.clock.now();
        for driver in self.drivers() {
            self.state_cache.add(&driver, &self.clock);
        }
        self.state_cache.state(self.is_closed.get())
    }

    pub(crate) fn watch(&self) {
        self.state_change.watch();
    }

    fn each(&self, change: &dyn Fn(&mut Scope<Call>)) {
        for driver in self.drivers() {
            change(&mut driver.scope.borrow_mut());
            self.drive(&driver);
        }
    }

    fn number_of(&self, driver: &Rc<ScopeDriver>) -> u32 {
        let at = self.drivers.borrow().iter().position(|other| Rc::ptr_eq(other, driver));
        at.map_or(u32::MAX, |at| at as u32)
    }

    fn drivers(&self) -> Vec<Rc<ScopeDriver>> {
        self.drivers.borrow().clone()
    }
}
