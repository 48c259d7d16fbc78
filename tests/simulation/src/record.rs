use api_service_client::throttle::{Notice, ScopeSnapshot};
use api_service_client::time::{Instant, Span};

use crate::client::{Ending, RequestId};
use crate::gateway::ClientId;

/// Everything that happened in a run, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// What happened.
    pub events: Vec<Event>,
    /// The moments of the calls; a [`RequestId`] is an index into it.
    pub calls: Vec<(ClientId, Instant)>,
    /// Calls whose page has crashed.
    pub abandoned: Vec<RequestId>,
    /// What should never happen, and did.
    pub broken: Vec<String>,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// When, by the clock of the run.
    pub at: Instant,
    /// To whom.
    pub client: ClientId,
    /// What.
    pub what: What,
    /// How many requests of this client the gateway would have admitted just then.
    pub room: f64,
    /// What the client's scope showed afterwards; `None` for what concerns no scope.
    pub scope: Option<ScopeSnapshot>,
}

impl Event {
    /// The call that ends with it, if one does.
    #[must_use]
    pub fn ended(&self) -> Option<RequestId> {
        match self.what {
            What::Ended(request, _) => Some(request),
            _ => None,
        }
    }
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// A page calls.
    Called(RequestId),
    /// A request goes on the wire.
    Sent(Send),
    /// The gateway lets it through.
    Admitted(Send),
    /// The gateway refuses it.
    Refused(Send, Option<Span>),
    /// The backend's answer arrives.
    Answered(Send),
    /// A 429 arrives.
    Throttled(Send, Option<Span>),
    /// An error arrives, and there was no answer.
    Lost(Send),
    /// A probe arrives at the gateway: would it have been admitted?
    Probed(bool),
    /// The network goes, or comes back.
    Network(bool),
    /// A page hears of something.
    Noticed(Notice),
    /// A call ends.
    Ended(RequestId, Ending),
    /// A timer fires.
    Woken,
    /// A page tells the others something.
    Said,
    /// It hears something.
    Heard,
    /// It is gone.
    Crashed,
    /// A request of someone else was decided about: was it admitted?
    Other(bool),
}

/// One time that a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Send {
    /// Which send of the run.
    pub number: u32,
    /// Of which request.
    pub request: RequestId,
    /// How often that was sent, this time included.
    pub attempt: u32,
}
