//! The mock gateway in process: what `MockGateway` of `api-service-client/testing` decides and answers with. What is
//! left to JavaScript is what only JavaScript can do: requests, answers, the authorizer, the backend, the delay.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test double that falls over is blamed on what it tests"
)]

mod clock;
#[cfg(target_arch = "wasm32")]
mod gateway;
#[cfg(target_arch = "wasm32")]
mod refusal;

pub use clock::Clock;
#[cfg(target_arch = "wasm32")]
pub use gateway::Gateway;
#[cfg(target_arch = "wasm32")]
pub use refusal::Refusal;
