#![cfg(not(target_arch = "wasm32"))]
//! One time from two clocks, either of which may jump.

mod time {
    mod timeline;
}
