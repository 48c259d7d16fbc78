//! Acts: fetch, timers, events, errors. Everything that is decided is decided elsewhere.
//!
//! The client has two halves. [`core`] is this one: it holds the scopes, tells the time, throws the dice, and says
//! what is to be done, in numbers alone. The JavaScript beside it is the other: it reads the options, takes down what a
//! caller passes to `fetch`, hands it to the transport, settles the caller's promise, sets the timers, and makes the
//! objects that people see. A promise chain made in JavaScript costs a tenth of a Rust future per request, only
//! JavaScript can copy what a caller might change while it waits, and an object costs a fraction of the bytes there.
//!
//! Nothing here refers to an object of JavaScript for longer than a call: a client that a page lets go of is collected.

mod clock;
pub mod core;
mod fields;
mod lane;
mod memory;
mod report;
#[cfg(feature = "trap")]
mod trap;
mod verdict;
mod wake;
mod world;
