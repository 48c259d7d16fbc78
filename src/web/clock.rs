use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use crate::throttle::Timeline;
use crate::time::{Instant, Span, WallTime};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
}

/// The client's time, read from the two clocks that a browser has.
pub(super) struct Clock(RefCell<Timeline>);

impl Clock {
    pub(super) fn start() -> Clock {
        Clock(RefCell::new(Timeline::new(monotonic(), wall())))
    }

    pub(super) fn now(&self) -> Instant {
        self.0.borrow_mut().read(monotonic(), wall())
    }

    /// The date of a moment, in milliseconds since the Unix epoch.
    pub(super) fn epoch_millis(&self, moment: Instant) -> f64 {
        self.0.borrow().date_of(moment).as_epoch_millis()
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
