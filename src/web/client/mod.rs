use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::announcer::Announcer;
use super::clock::Clock;
use super::core::random_u32;
use super::errors::error_of;
use super::events::{Listeners, millis, to_object, with_response};
use super::lane::{Call, Lane};
use super::options::Options;
use super::sharing;
use super::state::Shown;
use super::surroundings::Followed;
use crate::throttle::{Action, Notice, Scope, Ticket};
use crate::time::{Instant, Span};

#[wasm_bindgen(module = "/src/web/diagnosis.js")]
extern "C" {
    /// Warns on the console that the page cannot read its 429s, and returns the detail of the event.
    #[wasm_bindgen(js_name = hiddenThrottles)]
    fn hidden_throttles(scope: &str) -> JsValue;
}

/// What a client consists of: its scopes, its time, its listeners.
pub(super) struct Client {
    pub(super) options: Options,
    pub(super) clock: Clock,
    pub(super) listeners: Listeners,
    pub(super) announcer: Announcer,
    pub(super) is_closed: Cell<bool>,
    /// Until when a person holds every scope, those to come too; the inner `None` is without an end.
    held: Cell<Option<Option<Instant>>>,
    lanes: RefCell<Vec<Rc<Lane>>>,
    shown: Shown,
    /// Followed from the first scope on, until the client is closed.
    pub(super) surroundings: RefCell<Option<Rc<Followed>>>,
    is_diagnosed: Cell<bool>,
    pub(super) itself: Weak<Client>,
}

const USED_UP: &str = "The quota is used up, please try again later.";

impl Client {
    pub(super) fn new(options: Options, target: &EventTarget) -> Rc<Client> {
        Rc::new_cyclic(|itself| Client {
            options,
            clock: Clock::start(),
            announcer: Announcer::new(target),
            listeners: Listeners::new(target),
            is_closed: Cell::new(false),
            held: Cell::new(None),
            lanes: RefCell::default(),
            shown: Shown::new(),
            surroundings: RefCell::default(),
            is_diagnosed: Cell::new(false),
            itself: itself.clone(),
        })
    }

    /// The number of the scope with this name. A client that has none yet makes it.
    pub(super) fn scope(&self, name: String) -> u32 {
        let mut lanes = self.lanes.borrow_mut();
        if let Some(known) = lanes.iter().position(|lane| lane.name == name) {
            return known as u32;
        }
        let mut scope = Scope::new(self.options.limits, self.options.backoff, self.options.plan);
        scope.set_opaque_throttling(self.options.opaque_throttling);
        let now = self.clock.now();
        let key = sharing::key_of(&name);
        if self.options.tabs {
            scope.join_tabs(random_u32());
        }
        if self.options.persist {
            sharing::recall(&mut scope, now, key);
        }
        if let Some(end) = self.held.get()
            && end.is_none_or(|end| end > now)
        {
            scope.pause(now, end.map(|end| end.since(now)));
        }
        if self.is_closed.get() {
            scope.close();
        } else if self.is_offline() {
            scope.offline(now);
        }
        lanes.push(Rc::new(Lane::new(name, key, scope)));
        (lanes.len() - 1) as u32
    }

    pub(super) fn pause(&self, duration: Option<Span>) {
        let now = self.clock.now();
        let end = duration.map(|span| now + span);
        // As in a scope: what ends sooner never shortens a pause.
        self.held.set(Some(match self.held.get() {
            Some(held) => held.zip(end).map(|(held, end)| held.max(end)),
            None => end,
        }));
        self.each(&|scope| scope.pause(now, duration));
    }

    pub(super) fn resume(&self) {
        let now = self.clock.now();
        self.held.set(None);
        self.each(&|scope| scope.resume(now));
    }

    pub(super) fn close(&self) {
        self.is_closed.set(true);
        self.each(&Scope::close);
        self.surroundings.take();
    }

    pub(super) fn each(&self, change: &dyn Fn(&mut Scope<Call>)) {
        for lane in self.lanes() {
            change(&mut lane.scope.borrow_mut());
            self.drive(&lane);
        }
    }

    pub(super) fn lane(&self, number: u32) -> Option<Rc<Lane>> {
        self.lanes.borrow().get(number as usize).cloned()
    }

    pub(super) fn number_of(&self, lane: &Rc<Lane>) -> u32 {
        let at = self.lanes.borrow().iter().position(|other| Rc::ptr_eq(other, lane));
        at.map_or(u32::MAX, |at| at as u32)
    }

    pub(super) fn lanes(&self) -> Vec<Rc<Lane>> {
        self.lanes.borrow().clone()
    }

    pub(super) fn state(&self) -> JsValue {
        // Dates are shown by the wall clock as it stands now.
        self.clock.now();
        for lane in self.lanes() {
            self.shown.show(&lane, &self.clock);
        }
        self.shown.state(self.is_closed.get())
    }

    /// Carries out whatever the scope has decided, and sees to it that it is woken when it wants to be.
    pub(super) fn drive(&self, lane: &Rc<Lane>) {
        self.announcer.changed();
        // A listener that calls back in adds to what is being carried out: there is one order, and no nesting.
        if lane.is_driven.replace(true) {
            return;
        }
        loop {
            let action = lane.scope.borrow_mut().next_action();
            match action {
                None => break,
                Some(Action::Send(ticket)) => send(lane, ticket),
                Some(Action::Reject(call, rejection)) => {
                    call.reject(&error_of(rejection, &lane.name, &self.clock));
                }
                Some(Action::CheckReachable) => {
                    if let Some(call) = lane.failed.take() {
                        call.probe();
                    }
                }
                Some(Action::Notify(notice)) => self.notify(lane, notice),
                Some(Action::SplitRoute(demotion)) => self.demote(lane, demotion),
                Some(Action::RejoinRoute(route)) => self.restore(lane, route),
            }
        }
        lane.is_driven.set(false);
        lane.cause.take();
        lane.failed.take();
        self.tell(lane);
        self.arm(lane);
    }

    fn arm(&self, lane: &Rc<Lane>) {
        let at = lane.scope.borrow_mut().next_wake(self.clock.last());
        let Some(at) = at else {
            // Without anything to wait for, what time it is makes no difference.
            lane.wake.borrow_mut().disarm();
            return;
        };
        let now = self.clock.now();
        let (client, woken) = (self.itself.clone(), Rc::clone(lane));
        lane.wake.borrow_mut().arm(now, at, move || {
            let Some(client) = client.upgrade() else { return };
            woken.wake.borrow_mut().disarm();
            woken.scope.borrow_mut().wake(client.clock.now());
            client.drive(&woken);
        });
    }

    fn notify(&self, lane: &Lane, notice: Notice) {
        let queued = lane.scope.borrow().snapshot().queued;
        let scope = lane.name.as_str();
        match notice {
            Notice::Throttled { delay, source } => self.announce_pause(lane, "throttled", delay, source),
            Notice::Extended { delay, source } => self.announce_pause(lane, "extended", delay, source),
            Notice::Diagnosed => {
                if !self.is_diagnosed.replace(true) {
                    self.listeners.dispatch("diagnostic", &hidden_throttles(scope));
                }
            }
            Notice::Offline => self.show_offline(lane),
            Notice::Resumed { paused } => {
                let detail =
                    [("scope", scope.into()), ("pausedMs", millis(paused).into()), ("queued", queued.into())];
                self.listeners.dispatch("resumed", &to_object(&detail));
            }
            Notice::Retry { ticket, attempt, delay } => {
                let call: Option<Call> = lane.scope.borrow().payload(ticket).cloned();
                if let Some(call) = call {
                    let (url, method) = (call.url(), call.method());
                    let detail = [
                        ("scope", scope.into()),
                        ("url", url.as_str().into()),
                        ("method", method.as_str().into()),
                        ("attempt", attempt.into()),
                        ("delayMs", millis(delay).into()),
                    ];
                    self.listeners.dispatch("retry", &to_object(&detail));
                }
            }
            Notice::QuotaExceeded { next_probe } => {
                let next_probe_at = self.clock.epoch_millis(next_probe);
                let detail = [
                    ("scope", scope.into()),
                    ("message", USED_UP.into()),
                    ("nextProbeAt", next_probe_at.into()),
                ];
                let detail = with_response(to_object(&detail), lane.cause.take());
                self.listeners.dispatch("quotaexceeded", &detail);
            }
        }
    }
}

fn send(lane: &Lane, ticket: Ticket) {
    let call: Option<Call> = lane.scope.borrow().payload(ticket).cloned();
    // One that was aborted since it was decided to send it is not there any more.
    if let Some(call) = call {
        call.send();
    }
}
