//! Amazon API Gateway's throttling, for tests.
//!
//! [`policy`] decides and [`answer`] formats the refusals. Both are pure and compile to WebAssembly. [`server`]
//! serves them over HTTP.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test double that falls over is blamed on what it tests"
)]

pub mod answer;
pub mod policy;
#[cfg(feature = "server")]
pub mod server;
