#![cfg(target_arch = "wasm32")]
//! The two halves of the client in a browser: `Core` and calls.js together, an hour of theirs in milliseconds.
//!
//! Time is `fake-clock.js`, and the transport one whose sends each test answers itself. Nothing here reaches a network.

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

mod web {
    mod driver;

    mod abort;
    mod clocks;
    mod close;
    mod events;
    mod lifecycle;
    mod listeners;
    mod long_waits;
    mod offline;
    mod opaque;
    mod pause;
    mod rejections;
    mod routes;
    mod state;
    mod storage;
    mod tabs;
    mod transports;
    mod undecided;
}
