//! The ledger: counters, and the decisions in order.

use super::outcome::Outcome;
use serde::Serialize;
use std::collections::VecDeque;
use std::time::Duration;

/// The maximum of kept decisions. Above it the oldest are dropped.
const CAPACITY: usize = 100_000;

/// The maximum of kept characters of a path or a query, so that long ones cannot fill the memory.
const LONGEST: usize = 512;

#[cfg(test)]
mod tests;

/// The counts of requests by result. Preflights are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// Forwarded to the backend.
    pub admitted: u64,
    /// Answered with 429 Too Many Requests.
    pub throttled: u64,
    /// Answered with 429 Limit Exceeded.
    pub quota_exceeded: u64,
    /// Refused by the authorizer: 401.
    pub unauthorized: u64,
    /// A missing or unknown API key, or an unknown path: 403.
    pub forbidden: u64,
    /// Seen by the authorizer.
    pub authorizer: u64,
    /// Seen by the backend, by its own count.
    pub backend: u64,
}

impl Stats {
    pub(super) fn count(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Admitted => &mut self.admitted,
            Outcome::Throttled => &mut self.throttled,
            Outcome::QuotaExceeded => &mut self.quota_exceeded,
            Outcome::Unauthorized => &mut self.unauthorized,
            Outcome::Forbidden => &mut self.forbidden,
        };
        *count += 1;
    }
}

/// A decision of the limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Time of the decision, in milliseconds since the start or the last reset.
    pub ms: f64,
    /// The sender: the id of an API key, or an address.
    pub client: String,
    /// The request's method; `OPTIONS` is a preflight.
    pub method: String,
    /// The path, at most 512 characters of it.
    pub path: String,
    /// The query without the question mark, at most 512 characters of it.
    pub query: String,
    /// The status of the answer; null before the answer, or if the connection was reset.
    pub status: Option<u16>,
}

impl Entry {
    /// The kept part of a path or a query.
    pub(super) fn kept(text: &str) -> String {
        text.chars().take(LONGEST).collect()
    }

    pub(super) fn millis(since_start: Duration) -> f64 {
        since_start.as_micros() as f64 / 1_000.0
    }
}

/// The position of an entry. It stays valid when older entries are dropped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line(u64);

#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) stats: Stats,
    entries: VecDeque<Entry>,
    /// The number of dropped entries.
    gone: u64,
}

impl Ledger {
    pub(super) fn write(&mut self, entry: Entry) -> Line {
        if self.entries.len() == CAPACITY {
            self.entries.pop_front();
            self.gone += 1;
        }
        self.entries.push_back(entry);
        Line(self.gone + self.entries.len() as u64 - 1)
    }

    pub(super) fn answered(&mut self, Line(line): Line, status: u16) {
        let index = line.checked_sub(self.gone).and_then(|index| usize::try_from(index).ok());
        if let Some(entry) = index.and_then(|index| self.entries.get_mut(index)) {
            entry.status = Some(status);
        }
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        self.entries.iter().cloned().collect()
    }
}
