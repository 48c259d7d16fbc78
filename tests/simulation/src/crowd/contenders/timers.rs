//! The calls of a client that wait for a moment of their own.

use std::collections::BTreeSet;

use api_service_client::time::Instant;

use crate::client::RequestId;

/// Calls, each with the moment for which it waits; at the same moment, the earlier call comes first.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    waiting: BTreeSet<(Instant, RequestId)>,
}

impl Timers {
    pub(crate) fn set(&mut self, at: Instant, call: RequestId) {
        self.waiting.insert((at, call));
    }

    pub(crate) fn next(&self) -> Option<Instant> {
        self.waiting.first().map(|(at, _)| *at)
    }

    pub(crate) fn pop_due(&mut self, now: Instant) -> Option<RequestId> {
        self.next().filter(|at| *at <= now)?;
        self.waiting.pop_first().map(|(_, call)| call)
    }
}
