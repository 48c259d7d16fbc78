#![cfg(target_arch = "wasm32")]
//! The two halves of the client in a browser: `Core` and JavaScript together, over hours of virtual time.
//!
//! Time is `fake-clock.js`. Each test answers the transport's requests itself, and nothing reaches a network.

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
