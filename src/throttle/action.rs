use crate::throttle::advice::{Outcome, PauseSource};
use crate::throttle::queue::request::Moved;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::routes::Route;

use crate::time::{Instant, Span};

/// What a scope wants done. The order is the order in which it was decided.
#[derive(Debug, PartialEq, Eq)]
pub enum Action<T> {
    /// Send this request; it counts as on the wire from the moment it was decided.
    Send(Ticket),
    /// This request has ended without an answer; its payload is its caller's again.
    Reject(T, Rejection),
    /// Find out whether the server of the request that has just failed can be reached, by a request whose answer need
    /// not be read, and tell [`Scope::reachability_checked`](super::Scope::reachability_checked).
    CheckReachable,
    /// Something that listeners should hear of.
    Notify(Notice),
    /// A route is to have a scope of its own: it is to pause, and
    /// these requests are to wait there: [`Scope::receive_split`](super::Scope::receive_split).
    SplitRoute(RouteSplit<T>),
    /// That was wrong: what waits in the route's scope is to be handed over to this one.
    RejoinRoute(Route),
}

/// Why a request ends without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// As many wait as may.
    QueueFull {
        /// How many may wait.
        limit: u32,
    },
    /// It waited for as long as it was willing to.
    QueueTimeout {
        /// How long that was.
        waited: Span,
    },
    /// The pause lasts longer than anyone should wait.
    PauseTooLong {
        /// When the pause ends.
        resume_at: Instant,
    },
    /// The quota is used up.
    QuotaExceeded {
        /// When it is tried again.
        next_probe: Instant,
    },
    /// The scope was closed.
    Closed,
    /// It has failed, and is not sent again: what it has failed with is its caller's.
    Failed,
}

/// A request that was not even let into the queue, with its payload.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal<T> {
    /// Whose request it is.
    pub payload: T,
    /// Why.
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

/// Something that listeners should hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A pause begins.
    Throttled {
        /// How long it lasts; [`Span::MAX`] without an end.
        delay: Span,
        /// What its length comes from.
        source: PauseSource,
    },
    /// A pause has become longer.
    Extended {
        /// How long it lasts from now; [`Span::MAX`] without an end.
        delay: Span,
        /// What its length comes from now.
        source: PauseSource,
    },
    /// A throttled request waits to be sent again.
    Retry {
        /// Which.
        ticket: Ticket,
        /// How often it was sent so far.
        attempt: u32,
        /// How long the pause still lasts.
        delay: Span,
    },
    /// The quota is used up.
    QuotaExceeded {
        /// When it is tried again.
        next_probe: Instant,
    },
    /// A throttle was recognised that CORS hides from the page. Each is noticed; the driver tells the page once.
    Diagnosed,
    /// Nothing is sent, since there is no network.
    Offline,
    /// The pause is over and its probe was accepted.
    Resumed {
        /// From the start of the pause to the answer of the probe.
        paused: Span,
    },
}

/// One route of a scope has a limit of its own: from now on its requests belong to a scope of its own, which pauses as
/// the gateway asks, while everything else flows.
#[derive(Debug, PartialEq, Eq)]
pub struct RouteSplit<T> {
    /// Which route.
    pub route: Route,
    /// The throttle that the route has met.
    pub outcome: Outcome,
    /// Its requests that wait, in their order.
    pub moved: Vec<Moved<T>>,
}
