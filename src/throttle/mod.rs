//! Decides when to send: the state machine of a scope, its queue, its pauses, and how it speeds up again.
//!
//! A [`Scope`] is everything that shares one limit. It has no clock, no timer, no randomness and no JavaScript:
//! `now` and random numbers come in as arguments, what should happen goes out as [`Action`]s. Whoever drives it
//! does three things: it hands in what happened, carries out the actions, and wakes the scope at
//! [`Scope::next_wake`].
//!
//! ```
//! use api_service_client::throttle::{Action, Backoff, Entry, Limits, Request, Scope, Unit};
//! use api_service_client::time::{Instant, Span};
//!
//! let mut scope: Scope<&str> = Scope::new(Limits::default(), Backoff::default(), None);
//! let now = Instant::START;
//!
//! // Nothing restricts the scope: the request leaves at once. It comes back as a 429 that asks for two seconds.
//! let Ok(Entry::Send(ticket)) = scope.enqueue(now, Request::default(), "first") else { panic!() };
//! scope.throttled(now, ticket, Some(Span::from_secs(2).into()), Unit::ZERO);
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
mod agenda;
mod allowance;
mod backoff;
mod bounds;
mod bucket;
mod empty;
mod evidence;
mod first_burst;
mod hold;
mod limits;
mod memory;
mod moment;
mod opaque;
mod pacer;
mod patience;
mod pause;
mod peers;
mod plan;
mod quota;
mod request;
mod roster;
mod route;
mod scope;
mod setback;
mod share;
mod status;
mod steadiness;
mod tabs;
mod timeline;
mod unit;
mod window;
mod word;

pub use action::{Action, Fate, Notice, Refusal, Rejection};
pub use allowance::Budget;
pub use backoff::{Backoff, Jitter};
pub use limits::Limits;
pub use opaque::OpaqueThrottling;
pub use pause::{Advice, PauseSource};
pub use plan::Plan;
pub use request::{Entry, Moved, Priority, Request, Ticket};
pub use route::Route;
pub use scope::{Demotion, Scope};
pub use status::{ScopeSnapshot, Status};
pub use timeline::Timeline;
pub use unit::Unit;
