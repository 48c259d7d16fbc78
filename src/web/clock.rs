use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use crate::time::Timeline;
use crate::time::{Instant, Span, WallTime};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
}

/// The client's time, read from the two clocks that a browser has.
pub(super) struct Clock {
    timeline: RefCell<Timeline>,
    last: Cell<Instant>,
}

impl Clock {
    pub(super) fn start() -> Clock {
        let timeline = RefCell::new(Timeline::new(monotonic(), wall()));
        Clock { timeline, last: Cell::new(Instant::START) }
    }

    pub(super) fn now(&self) -> Instant {
        let now = self.timeline.borrow_mut().read(monotonic(), wall());
        self.last.set(now);
        now
    }

    /// The time at the last reading, for what is asked right after: to look at both clocks takes longer than to decide.
    pub(super) fn last(&self) -> Instant {
        self.last.get()
    }

    /// The date of a moment.
    pub(super) fn date(&self, moment: Instant) -> WallTime {
        self.timeline.borrow().date_of(moment)
    }

    /// The date of a moment, in milliseconds since the Unix epoch.
    pub(super) fn epoch_millis(&self, moment: Instant) -> f64 {
        self.date(moment).as_epoch_millis()
    }
}

/// The date now.
pub(super) fn wall() -> WallTime {
    WallTime::from_epoch_millis(date_now())
}

/// What the monotonic clock shows, which stands still while the machine sleeps.
pub(super) fn monotonic() -> Span {
    Span::from_js_millis(performance_now())
}
