//! The decision when each request is sent: a sans-I/O state machine.
//!
//! A [`Scope`] is the set of requests that share one limit. It has no clock, no timer, no randomness and no JavaScript.
//! Its driver passes the time and random numbers as arguments, and uses three kinds of methods:
//!
//! - **Handle** what has happened: [`finish`](Scope::finish), [`finish_externally`](Scope::finish_externally),
//!   [`announce_budget`](Scope::announce_budget), [`suspect`](Scope::suspect),
//!   [`reachability_checked`](Scope::reachability_checked), [`offline`](Scope::offline), [`online`](Scope::online),
//!   [`receive_message`](Scope::receive_message), [`restore`](Scope::restore), [`wake`](Scope::wake).
//! - **Command** it: [`enqueue`](Scope::enqueue), [`abort`](Scope::abort), [`pause`](Scope::pause),
//!   [`join_pause`](Scope::join_pause), [`resume`](Scope::resume), [`close`](Scope::close),
//!   [`join_tabs`](Scope::join_tabs), [`set_opaque_throttling`](Scope::set_opaque_throttling);
//!   for routes, [`name_routes`](Scope::name_routes), [`receive_split`](Scope::receive_split),
//!   [`release`](Scope::release), [`receive`](Scope::receive).
//! - **Poll** it after each of them: first [`next_action`](Scope::next_action) until there is none, then
//!   [`take_message`](Scope::take_message), [`take_persisted`](Scope::take_persisted) and
//!   [`next_wake`](Scope::next_wake). [`snapshot`](Scope::snapshot), [`payload`](Scope::payload),
//!   [`needs_routes`](Scope::needs_routes) and [`route_for`](Scope::route_for) answer questions.
//!
//! ```
//! use api_service_client::throttle::{Action, Backoff, Entry, Limits, Outcome, Request, Scope, UniformSample};
//! use api_service_client::time::{Instant, Span};
//!
//! let mut scope: Scope<&str> = Scope::new(Limits::default(), Backoff::default(), None);
//! let now = Instant::START;
//!
//! // No limit is known, so the first request is sent at once. The gateway responds 429 with `Retry-After: 2`.
//! let Ok(Entry::Send(ticket)) = scope.enqueue(now, Request::default(), "first") else { panic!() };
//! let outcome = Outcome::Throttled(Some(Span::from_secs(2).into()));
//! scope.finish(now, ticket, outcome, UniformSample::ZERO);
//!
//! // The next request waits, and the scope asks to be woken at the end of the pause.
//! assert!(matches!(scope.enqueue(now, Request::default(), "second"), Ok(Entry::Wait(_))));
//! let end = scope.next_wake(now).unwrap();
//! assert!(end >= now + Span::from_secs(2));
//!
//! // Then one request probes: the throttled one.
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
pub use hold::{Backoff, Budget, Jitter, ManualPause};
pub use opaque::OpaqueThrottling;
pub use queue::{Entry, Moved, Priority, Request, Ticket};
pub use random::UniformSample;
pub use routes::{Route, RouteTarget};
pub use scope::Scope;
pub use status::{ScopeSnapshot, Status};
