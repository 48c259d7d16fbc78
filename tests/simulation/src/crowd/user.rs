//! The interface of a client in a crowd.

use api_service_client::time::Instant;

use crate::client::{Answer, Ending, RequestId};

/// An effect of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A call's request goes on the wire.
    Send(RequestId),
    /// A call ends.
    End(RequestId, Ending),
}

/// One user's client. A call has at most one request on the wire.
pub trait User {
    /// The page calls.
    fn call(&mut self, now: Instant, call: RequestId, steps: &mut Vec<Step>);

    /// The request of a call is answered.
    fn answer(&mut self, now: Instant, call: RequestId, answer: Answer, steps: &mut Vec<Step>);

    /// The timer fires.
    fn wake(&mut self, now: Instant, steps: &mut Vec<Step>);

    /// The moment for which the timer is set.
    fn next_wake(&mut self, now: Instant) -> Option<Instant>;

    /// The browser says whether there is a network. Most clients do not listen.
    fn network(&mut self, _now: Instant, _is_there: bool, _steps: &mut Vec<Step>) {}
}
