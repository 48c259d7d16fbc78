//! Acts: options, fetch, timers, events, errors. The decisions are in `throttle` and `headers`.
//!
//! The shell has two halves. The Rust half, [`Core`], keeps the scopes and the clock, and carries out the scopes'
//! actions. The JavaScript half, `calls.js`, copies the arguments of `fetch`, calls the transport, and settles the
//! caller's promise. A promise chain in JavaScript costs a tenth of a Rust future per request, and only JavaScript can
//! copy arguments that the caller may change later. `border.rs` and `border.js` hold the numbers that both halves use.

mod border;
mod call;
mod client;
mod clock;
mod core;
mod errors;
mod events;
mod options;
mod persistence;
mod platform_events;
mod random;
mod response;
mod scope_driver;
mod state_cache;
mod state_change_event;
mod wake_timer;

pub use self::core::Core;
pub use call::Call;
pub use errors::ApiServiceClientError;
pub use platform_events::PlatformEvents;
pub use response::ResponseLike;

// Two thirds of the code of the default allocator, at the same speed for blocks of this size.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
