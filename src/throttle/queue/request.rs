use crate::throttle::queue::attempt::Attempt;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::routes::Route;
use crate::time::{Instant, Span};

/// Which requests leave first. Equal priorities leave in the order of the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    /// Before everything else.
    High,
    /// In between.
    #[default]
    Auto,
    /// When nothing else waits.
    Low,
}

/// What a scope has to know of a request in order to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Its state in the queue.
    pub priority: Priority,
    /// Longest wait in the queue, pauses included; `None` waits for as long as it takes.
    pub max_wait: Option<Span>,
    /// Whether it may be sent again after it was throttled: its body can be read twice, and its caller wants it.
    pub resend: bool,
    /// Whether it may be sent again after an answer that leaves open whether it was acted on.
    pub idempotent: bool,
    /// Whether it may be sent again after a failure that may have been a throttle: to be acted on once more changes
    /// nothing (GET, HEAD).
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

/// What becomes of a request when it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nothing holds it: it is on the wire from now on, and whoever called has to send it.
    Send(Ticket),
    /// It waits. An [`Action::Send`](crate::throttle::Action::Send) will name it.
    Wait(Ticket),
}

/// A request that has not ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pending<T> {
    pub(crate) seq: u32,
    /// Its state in the queue, as a number: priority first, then the order of the calls.
    pub(crate) turn: u64,
    pub(crate) resend: bool,
    pub(crate) idempotent: bool,
    pub(crate) safe: bool,
    pub(crate) route: Route,
    pub(crate) called_at: Instant,
    pub(crate) expires_at: Option<Instant>,
    /// Whether its deadline is noted down already.
    pub(crate) is_watched: bool,
    /// How often it was sent.
    pub(crate) attempts: u32,
    pub(crate) state: RequestState,
    pub(crate) payload: T,
}

/// A request on its way from one scope to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Moved<T> {
    pub(crate) pending: Pending<T>,
    /// Whether it was just throttled, and listeners are to hear that it waits to be sent again.
    pub(crate) is_refused: bool,
}

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestState {
    Queued,
    InFlight(Attempt),
    /// It has come back, and what becomes of it is being decided.
    Settling,
}
