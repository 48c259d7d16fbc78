use std::panic;
use std::sync::Once;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/tests/web/fake-clock.js")]
extern "C" {
    type FakeClock;
    #[wasm_bindgen(constructor)]
    fn new() -> FakeClock;
    #[wasm_bindgen(method)]
    fn install(this: &FakeClock);
    #[wasm_bindgen(method)]
    fn uninstall(this: &FakeClock);
    #[wasm_bindgen(method, getter)]
    fn timers(this: &FakeClock) -> u32;
    #[wasm_bindgen(method)]
    fn advance(this: &FakeClock, ms: f64) -> Promise;
    #[wasm_bindgen(method)]
    fn sleep(this: &FakeClock, ms: f64);
    #[wasm_bindgen(method)]
    fn freeze(this: &FakeClock, ms: f64);
    #[wasm_bindgen(method, js_name = throttleTimers)]
    fn throttle_timers(this: &FakeClock, ms: f64);
    #[wasm_bindgen(method, js_name = setWallClockBy)]
    fn set_wall_clock_by(this: &FakeClock, ms: f64);

    #[wasm_bindgen(js_name = giveBack)]
    fn give_back();
}

/// The realm's time, for as long as this lives.
pub(crate) struct Clock(FakeClock);

impl Clock {
    pub(crate) fn install() -> Clock {
        // Nothing is dropped when a test panics, and without timers whoever runs the tests would wait for ever.
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let report = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                give_back();
                report(info);
            }));
        });
        let clock = FakeClock::new();
        clock.install();
        Clock(clock)
    }

    /// Lets so many milliseconds pass, and everything happen that is due.
    pub(crate) async fn pass(&self, ms: f64) {
        JsFuture::from(self.0.advance(ms)).await.unwrap();
    }

    /// The machine sleeps for so many milliseconds: of the clocks only the wall's goes on.
    pub(crate) fn sleep(&self, ms: f64) {
        self.0.sleep(ms);
    }

    /// The page is frozen for so many milliseconds: both clocks go on, no timer does.
    pub(crate) fn freeze(&self, ms: f64) {
        self.0.freeze(ms);
    }

    /// Timers that are set from now on fire only at multiples of so many milliseconds.
    pub(crate) fn throttle_timers(&self, ms: f64) {
        self.0.throttle_timers(ms);
    }

    /// Somebody sets the wall clock.
    pub(crate) fn set_wall_clock_by(&self, ms: f64) {
        self.0.set_wall_clock_by(ms);
    }

    /// How many timers are set.
    pub(crate) fn timers(&self) -> u32 {
        self.0.timers()
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.0.uninstall();
    }
}
