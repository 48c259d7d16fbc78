//! The rate limit of a gateway, respected: a drop-in `fetch` for pages behind it.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic in WebAssembly takes every pending request of the page with it"
)]

pub mod headers;
pub mod throttle;
pub mod time;

#[cfg(target_arch = "wasm32")]
pub mod web;
