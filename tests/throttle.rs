#![cfg(not(target_arch = "wasm32"))]
//! When a scope sends, what it holds back, and how every request ends: hours of it, in virtual time.
//!
//! Every test drives a scope through `driver::Client`, which checks after each step what must hold in all of them.

mod throttle {
    use proptest::test_runner::Config;

    mod driver;

    mod hold;
    mod limit;
    mod queue;
    mod routes;
    mod scope;
    mod tabs;

    /// A failing input is printed in its smallest form, and belongs into a test of its own. `PROPTEST_CASES` tries more.
    pub(super) fn random_inputs() -> Config {
        Config { failure_persistence: None, ..Config::default() }
    }
}
