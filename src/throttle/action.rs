//! The output of a scope: actions, notices, rejections.

use crate::throttle::advice::{Outcome, PauseSource};
use crate::throttle::queue::{Moved, Ticket};
use crate::throttle::routes::Route;
use crate::time::{Instant, Span};

/// An effect that the driver of a scope carries out, in the order of the decisions.
#[derive(Debug, PartialEq, Eq)]
pub enum Action<T> {
    /// Send this request. It is in flight already.
    Send(Ticket),
    /// End this request with an error.
    Reject(T, Rejection),
    /// Check if the server of the request that has just failed can be reached, by a request whose response need not be
    /// readable. Report to [`Scope::reachability_checked`](crate::throttle::Scope::reachability_checked).
    CheckReachable,
    /// Dispatch an event.
    Notify(Notice),
    /// Move a route to a scope of its own, by [`Scope::receive_split`](crate::throttle::Scope::receive_split).
    SplitRoute(RouteSplit<T>),
    /// Move the requests of the route's own scope back to this one, by
    /// [`Scope::release`](crate::throttle::Scope::release) and [`Scope::receive`](crate::throttle::Scope::receive).
    RejoinRoute(Route),
}

/// The reason for which a request ends without a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// The queue is full.
    QueueFull {
        /// The largest number of queued requests.
        limit: u32,
    },
    /// The request has waited for its `max_wait`.
    QueueTimeout {
        /// The time since its call.
        waited: Span,
    },
    /// The pause is longer than `max_pause`.
    PauseTooLong {
        /// The end of the pause.
        resume_at: Instant,
    },
    /// The quota is used up.
    QuotaExceeded {
        /// The time of the next probe.
        next_probe: Instant,
    },
    /// The scope is closed.
    Closed,
    /// The request has failed and is not sent again. Its caller gets the error that it failed with.
    Failed,
}

/// A request that may not enter the queue, with its payload.
#[derive(Debug, PartialEq, Eq)]
pub struct NotQueued<T> {
    /// The payload of the request.
    pub payload: T,
    /// The reason.
    pub rejection: Rejection,
}

/// The consequence of an attempt's outcome for its response or error.
#[derive(Debug, PartialEq, Eq)]
pub enum Disposition<T> {
    /// The response or the error is its caller's. The request has ended.
    Deliver(T),
    /// The response or the error is nobody's. The request is queued again, awaits an [`Action::CheckReachable`], is
    /// ended by an [`Action::Reject`], or had ended before.
    Withhold,
}

/// An event for the listeners of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A pause begins.
    Throttled {
        /// The length of the pause; [`Span::MAX`] if it has no end.
        delay: Span,
        /// The source of its length.
        source: PauseSource,
    },
    /// A pause becomes longer.
    Extended {
        /// The rest of the pause from now; [`Span::MAX`] if it has no end.
        delay: Span,
        /// The source of its new end.
        source: PauseSource,
    },
    /// A throttled request is queued again.
    Retry {
        /// The request.
        ticket: Ticket,
        /// Its attempts so far.
        attempt: u32,
        /// The rest of the pause.
        delay: Span,
    },
    /// The quota is used up.
    QuotaExceeded {
        /// The time of the next probe.
        next_probe: Instant,
    },
    /// A throttle was recognised that CORS hides from the page. The driver tells the page once.
    Diagnosed,
    /// Nothing is sent, since there is no network.
    Offline,
    /// The probe after a pause was accepted.
    Resumed {
        /// Time from the start of the pause to the response to the probe.
        paused: Span,
    },
}

/// A route that has a limit of its own and moves to a scope of its own. The other routes are not paused.
#[derive(Debug, PartialEq, Eq)]
pub struct RouteSplit<T> {
    /// The route.
    pub route: Route,
    /// The throttle that the route has met.
    pub outcome: Outcome,
    /// Its queued requests, in their order.
    pub moved: Vec<Moved<T>>,
}
