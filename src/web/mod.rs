//! Acts: options, fetch, timers, events, errors. Everything that is decided is decided elsewhere.
//!
//! The client has two halves. [`Core`] is this one: it holds the scopes, tells the time, carries out what the scopes
//! decide. `calls.js` is the other: it takes down what a caller passes to `fetch`, hands it to the transport, and
//! settles the caller's promise. A promise chain made in JavaScript costs a tenth of a Rust future per request, and
//! only JavaScript can copy what a caller might change while it waits.

mod announcer;
mod client;
mod clock;
mod core;
mod errors;
mod events;
mod fields;
mod lane;
mod notification;
mod options;
mod routes;
mod sharing;
mod state;
mod storage;
mod surroundings;
mod verdict;
mod wake;

pub use self::core::Core;
pub use errors::ApiServiceClientError;
pub use fields::Answer;
pub use lane::Call;
pub use surroundings::Surroundings;

// Two thirds of the code of the default allocator, and none of its speed lost on blocks of this size.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
