#![cfg(not(target_arch = "wasm32"))]
//! When a scope sends, what it holds back, and how every request ends: hours of it, in virtual time.
//!
//! Every test drives a scope through `driver::Client`, which checks after each step what must hold in all of them.

mod throttle {
    use proptest::test_runner::Config;

    mod driver;

    mod abort;
    mod allowance;
    mod attempts;
    mod backoff;
    mod close;
    mod deadline;
    mod manual_pause;
    mod memory;
    mod offline;
    mod old_answers;
    mod opaque;
    mod pause;
    mod pause_too_long;
    mod properties;
    mod queue;
    mod quota;
    mod recovery;
    mod reload;
    mod routes;
    mod sharing;
    mod suspicion;
    mod tabs;
    mod ticket;
    mod timeline;
    mod words;

    /// A failing input is printed in its smallest form, and belongs into a test of its own. `PROPTEST_CASES` tries more.
    fn random_inputs() -> Config {
        Config { failure_persistence: None, ..Config::default() }
    }
}
