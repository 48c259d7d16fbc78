//! Decides when to send: the state machine of a scope, its queue, its pauses, and how it speeds up again.
//!
//! A [`Scope`] is everything that shares one limit. It has no clock, no timer, no randomness and no JavaScript:
//! `now` and random numbers come in as arguments, what should happen goes out as [`Action`]s. Whoever drives it
//! does three things: it hands in what happened, carries out the actions, and wakes the scope at
//! [`Scope::next_wake`].
//!
//! ```
//! use api_service_client::throttle::{Action, Backoff, Entry, Limits, Outcome, Request, Scope, UniformSample};
//! use api_service_client::time::{Instant, Span};
//!
//! let mut scope: Scope<&str> = Scope::new(Limits::default(), Backoff::default(), None);
//! let now = Instant::START;
//!
//! // Nothing restricts the scope: the request leaves at once. It comes back as a 429 that asks for two seconds.
//! let Ok(Entry::Send(ticket)) = scope.enqueue(now, Request::default(), "first") else { panic!() };
//! let outcome = Outcome::Throttled(Some(Span::from_secs(2).into()));
//! scope.finish(now, ticket, outcome, UniformSample::ZERO);
//!
//! // Whatever comes now waits, and the scope wants to be woken when the pause is over.
//! assert!(matches!(scope.enqueue(now, Request::default(), "second"), Ok(Entry::Wait(_))));
//! let end = scope.next_wake(now).unwrap();
//! assert!(end >= now + Span::from_secs(2));
//!
//! // Then one request probes, the one that was refused.
//! scope.wake(end);
//! let sent = std::iter::from_fn(|| scope.next_action()).filter(|action| matches!(action, Action::Send(_)));
//! assert_eq!(sent.count(), 1);
//! ```
#![forbid(unsafe_code)]

mod action;
mod advice;
mod config;
mod decision_time;
mod hold;
mod limit;
mod opaque;
mod queue;
mod random;
mod routes;
mod scope;
mod status;
mod tabs;

pub use action::{Action, Disposition, NotQueued, Notice, Rejection, RouteSplit};
pub use advice::{Outcome, PauseSource, RequestedDelay};
pub use config::{Limits, Plan};
pub use hold::backoff::{Backoff, Jitter};
pub use hold::pause::ManualPause;
pub use hold::server_budget::Budget;
pub use opaque::OpaqueThrottling;
pub use queue::request::{Entry, Moved, Priority, Request};
pub use queue::ticket::Ticket;
pub use random::UniformSample;
pub use routes::{Route, RouteTarget};
pub use scope::Scope;
pub use status::{ScopeSnapshot, Status};
