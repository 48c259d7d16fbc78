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
#[derive(Clone, Copy)]
pub(super) struct Clock {
    timeline: Timeline,
    last: Instant,
}

impl Clock {
    pub(super) fn start() -> Clock {
        Clock { timeline: Timeline::new(monotonic(), wall()), last: Instant::START }
    }

    pub(super) fn now(&mut self) -> Instant {
        self.last = self.timeline.read(monotonic(), wall());
        self.last
    }

    /// When the clock was last read, for what is asked right after: to look at both clocks takes longer than to decide.
    pub(super) fn last(&self) -> Instant {
        self.last
    }

    /// The date of a moment, in milliseconds since the Unix epoch.
    pub(super) fn epoch_millis(&self, moment: Instant) -> f64 {
        self.timeline.date_of(moment).as_epoch_millis()
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
