//! The two clocks of the platform.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use crate::time::{Instant, Span, Timeline, WallTime};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
}

/// The client's time, from the monotonic clock and the wall clock.
pub(crate) struct Clock {
    timeline: RefCell<Timeline>,
    last: Cell<Instant>,
    last_wall: Cell<WallTime>,
}

impl Clock {
    pub(crate) fn start() -> Clock {
        let wall = wall();
        let timeline = RefCell::new(Timeline::new(monotonic(), wall));
        Clock { timeline, last: Cell::new(Instant::START), last_wall: Cell::new(wall) }
    }

    pub(crate) fn now(&self) -> Instant {
        let wall = wall();
        let now = self.timeline.borrow_mut().read(monotonic(), wall);
        self.last.set(now);
        self.last_wall.set(wall);
        now
    }

    /// The time of the last reading. Reading both clocks takes longer than a decision.
    pub(crate) fn last(&self) -> Instant {
        self.last.get()
    }

    /// The wall clock at the last reading.
    pub(crate) fn last_wall(&self) -> WallTime {
        self.last_wall.get()
    }

    /// The date of an instant.
    pub(crate) fn date(&self, instant: Instant) -> WallTime {
        self.timeline.borrow().date_of(instant)
    }

    /// The date of an instant, in milliseconds since the Unix epoch.
    pub(crate) fn epoch_millis(&self, instant: Instant) -> f64 {
        self.date(instant).as_epoch_millis()
    }
}

/// The current date.
pub(crate) fn wall() -> WallTime {
    WallTime::from_epoch_millis(date_now())
}

/// The reading of the monotonic clock, which stops while the machine sleeps.
pub(crate) fn monotonic() -> Span {
    Span::from_js_millis(performance_now())
}
