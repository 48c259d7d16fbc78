//! A request: its description by the caller, and its state in the queue.

use crate::throttle::queue::attempt::Attempt;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::routes::Route;
use crate::time::{Instant, Span};

/// The order in which requests leave the queue. Requests of one priority leave in the order of their calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    /// Before all other requests.
    High,
    /// Between the other two.
    #[default]
    Auto,
    /// After all other requests.
    Low,
}

/// The properties of a request by which a scope decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Its priority in the queue.
    pub priority: Priority,
    /// The longest time in the queue, pauses included; `None` for no limit.
    pub max_wait: Option<Span>,
    /// Whether it may be sent again at all: its body can be read twice, and its caller agrees.
    pub resend: bool,
    /// Whether it may be sent again after a 503, when the server may have acted on it.
    pub idempotent: bool,
    /// Whether it may be sent again after a failure that may hide a throttle: it changes nothing on the server (GET,
    /// HEAD).
    pub safe: bool,
    /// Its method and path.
    pub route: Route,
}

impl Default for Request {
    fn default() -> Request {
        Request {
            priority: Priority::Auto,
            max_wait: None,
            resend: true,
            idempotent: true,
            safe: true,
            route: Route::UNKNOWN,
        }
    }
}

/// The first state of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// In flight: the caller has to send it now.
    Send(Ticket),
    /// Queued, until an [`Action::Send`](crate::throttle::Action::Send) names it.
    Wait(Ticket),
}

/// A request that has not ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pending<T> {
    pub(super) seq: u32,
    /// The priority, then the number of the call.
    pub(super) order: u64,
    pub(crate) request: Request,
    pub(crate) called_at: Instant,
    /// Whether the heap of deadlines has an entry for it.
    pub(super) has_deadline_entry: bool,
    pub(crate) attempts: u32,
    pub(super) state: RequestState,
    pub(crate) payload: T,
}

impl<T> Pending<T> {
    /// The deadline of its wait in the queue.
    pub(crate) fn expires_at(&self) -> Option<Instant> {
        self.request.max_wait.map(|wait| self.called_at + wait)
    }
}

/// A request on its way from one scope to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Moved<T> {
    pub(crate) pending: Pending<T>,
    /// Whether it was just throttled, and [`Notice::Retry`](crate::throttle::Notice::Retry) is still due.
    pub(crate) is_throttled: bool,
}

/// The state of a pending request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestState {
    Queued,
    InFlight(Attempt),
    /// Its attempt has ended, and its next state is not decided yet.
    Settling,
}
