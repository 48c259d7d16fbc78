use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::events::Listeners;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(callback: &Function);
}

/// Announces that the state has changed: at the end of what runs now, and at most once a task, however much changes.
pub(super) struct Announcer {
    listeners: Rc<Listeners>,
    stage: Cell<Stage>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody listens: a change costs nothing.
    Unwatched,
    /// The next change is announced.
    Ready,
    /// This task's event is sent, or about to be.
    Announced,
    /// And something has changed since.
    Behind,
}

impl Announcer {
    pub(super) fn new(listeners: Rc<Listeners>) -> Rc<Announcer> {
        Rc::new(Announcer { listeners, stage: Cell::new(Stage::Unwatched) })
    }

    /// Somebody listens from now on.
    pub(super) fn watch(&self) {
        if self.stage.get() == Stage::Unwatched {
            self.stage.set(Stage::Ready);
        }
    }

    /// Something has changed.
    pub(super) fn changed(self: &Rc<Announcer>) {
        match self.stage.get() {
            Stage::Unwatched | Stage::Behind => {}
            Stage::Announced => self.stage.set(Stage::Behind),
            Stage::Ready => {
                self.stage.set(Stage::Announced);
                let announcer = Rc::clone(self);
                queue_microtask(Closure::once_into_js(move || announcer.announce()).unchecked_ref());
            }
        }
    }

    fn announce(self: &Rc<Announcer>) {
        let announcer = Rc::clone(self);
        Timeout::new(0, move || announcer.next_task()).forget();
        // A change from here on, a listener's own among them, may not have been seen: the next task announces it.
        self.stage.set(Stage::Announced);
        self.listeners.dispatch_plain("statechange");
    }

    fn next_task(self: &Rc<Announcer>) {
        let is_behind = self.stage.replace(Stage::Ready) == Stage::Behind;
        if is_behind {
            self.changed();
        }
    }
}
