use super::roster::Flight;
use super::route::Route;
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
    /// Its place in the queue.
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

/// Names one request of a scope until it ends. A ticket of a request that has ended is never mistaken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket {
    pub(super) slot: u32,
    /// Counts the calls, so that it tells both which request this is and which came first.
    pub(super) seq: u32,
}

impl Ticket {
    /// One number that JavaScript can hold exactly.
    #[must_use]
    pub fn to_number(self) -> f64 {
        // Slots are as many as requests alive at once: far below the 2^21 that fit above a 32-bit sequence.
        f64::from(self.slot) * 4_294_967_296.0 + f64::from(self.seq)
    }

    /// The ticket of [`Ticket::to_number`]. Any other number names no request.
    #[must_use]
    pub fn from_number(number: f64) -> Ticket {
        let bits = number as u64;
        let ticket = Ticket { slot: (bits >> 32) as u32, seq: bits as u32 };
        if ticket.to_number() == number { ticket } else { NOBODY }
    }
}

/// No request has so high a slot.
const NOBODY: Ticket = Ticket { slot: u32::MAX, seq: 0 };

/// What becomes of a request when it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nothing holds it: it is on the wire from now on, and whoever called has to send it.
    Send(Ticket),
    /// It waits. An [`Action::Send`](super::Action::Send) will name it.
    Wait(Ticket),
}

/// A request that has not ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pending<T> {
    pub(super) seq: u32,
    /// Its place in the queue, as a number: priority first, then the order of the calls.
    pub(super) turn: u64,
    pub(super) resend: bool,
    pub(super) idempotent: bool,
    pub(super) safe: bool,
    pub(super) route: Route,
    pub(super) called_at: Instant,
    pub(super) expires_at: Option<Instant>,
    /// Whether its deadline is noted down already.
    pub(super) is_watched: bool,
    /// How often it was sent.
    pub(super) attempts: u32,
    pub(super) place: Place,
    pub(super) payload: T,
}

/// A request on its way from one scope to another.
#[derive(Debug, PartialEq, Eq)]
pub struct Moved<T> {
    pub(super) pending: Pending<T>,
    /// Whether it was just throttled, and listeners are to hear that it waits to be sent again.
    pub(super) is_refused: bool,
}

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Waiting,
    OnWire(Flight),
    /// It has come back, and what becomes of it is being decided.
    Landed,
}
