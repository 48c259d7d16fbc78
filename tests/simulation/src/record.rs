//! The record of a run.

use api_service_client::throttle::{Notice, ScopeSnapshot};
use api_service_client::time::{Instant, Span};

use crate::client::{Ending, RequestId};
use crate::gateway::ClientId;

/// All events of a run, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// The events.
    pub events: Vec<Event>,
    /// The clients and moments of the calls; a [`RequestId`] is an index.
    pub calls: Vec<(ClientId, Instant)>,
    /// Calls whose page has crashed.
    pub abandoned: Vec<RequestId>,
    /// Violated rules.
    pub broken: Vec<String>,
}

/// An event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// The moment on the clock of the run.
    pub at: Instant,
    /// The client.
    pub client: ClientId,
    /// The kind of event.
    pub what: What,
    /// The number of this client's requests that the gateway would have admitted at that moment.
    pub room: f64,
    /// The state of the client's scope afterwards; `None` for an event that concerns no scope.
    pub scope: Option<ScopeSnapshot>,
}

impl Event {
    /// The call that this event ends, if any.
    #[must_use]
    pub fn ended(&self) -> Option<RequestId> {
        match self.what {
            What::Ended(request, _) => Some(request),
            _ => None,
        }
    }
}

/// The kinds of event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// A page calls.
    Called(RequestId),
    /// A request is sent.
    Sent(Send),
    /// The gateway admits a request.
    Admitted(Send),
    /// The gateway refuses a request.
    Refused(Send, Option<Span>),
    /// The backend's answer arrives.
    Answered(Send),
    /// A 429 arrives.
    Throttled(Send, Option<Span>),
    /// An error arrives instead of an answer.
    Lost(Send),
    /// A probe arrives at the gateway; true if it would have been admitted.
    Probed(bool),
    /// The network goes (false) or comes back (true).
    Network(bool),
    /// A page receives a notice.
    Noticed(Notice),
    /// A call ends.
    Ended(RequestId, Ending),
    /// A timer fires.
    Woken,
    /// A page sends a message to other tabs.
    Said,
    /// A page receives a message.
    Received,
    /// A page crashes.
    Crashed,
    /// A request of another user was decided; true if it was admitted.
    Other(bool),
}

/// One attempt of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Send {
    /// The number of the attempt within the run.
    pub number: u32,
    /// The request.
    pub request: RequestId,
    /// The number of the attempt within the request, from 1.
    pub attempt: u32,
}
