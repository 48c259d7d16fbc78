#![cfg(not(target_arch = "wasm32"))]
//! The scope: the order and time of its requests, its pauses, and the end of every request, over hours of virtual
//! time.
//!
//! Every test drives a scope through `driver::Client`, which checks the common invariants after each step.

mod throttle {
    use proptest::test_runner::Config;

    mod driver;

    mod hold;
    mod limit;
    mod queue;
    mod routes;
    mod scope;
    mod tabs;

    /// The configuration of random tests. A failing input is printed in its smallest form and deserves a test of its
    /// own.
    ///
    /// `PROPTEST_CASES` sets the number of inputs.
    pub(super) fn random_inputs() -> Config {
        Config { failure_persistence: None, ..Config::default() }
    }
}
