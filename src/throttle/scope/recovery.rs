//! The recovery of a scope after a pause, an outage or a used-up quota.

use crate::throttle::queue::Attempt;
use crate::time::{Instant, Span};

/// The pauses of a scope so far, and the recovery from the last one.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    /// Pauses, outages and used-up quotas so far; wraps. Each attempt keeps the number at its sending.
    pauses: u32,
    /// The start of a pause that has ended, until its probe is accepted.
    probing_since: Option<Instant>,
    /// Whether the queue has not been empty since the last pause.
    pub(super) is_recovering: bool,
    /// The end of the last pause.
    resumed_at: Option<Instant>,
    /// The last time at which a person ended a pause.
    released_at: Option<Instant>,
}

impl Recovery {
    /// Names an attempt that is sent now.
    pub(super) fn attempt(&self, sent_at: Instant) -> Attempt {
        Attempt { sent_at, pauses: self.pauses }
    }

    /// Whether an attempt was sent after the last pause. Otherwise it says nothing about the limit as it is now.
    pub(super) fn is_current(&self, attempt: Attempt) -> bool {
        attempt.pauses == self.pauses
    }

    /// Records a used-up quota, which makes all attempts in flight outdated.
    pub(super) fn outdate_attempts(&mut self) {
        self.pauses = self.pauses.wrapping_add(1);
    }

    /// Records that there is no network.
    pub(super) fn disconnected(&mut self) {
        self.outdate_attempts();
        self.is_recovering = false;
    }

    pub(super) fn pause_began(&mut self) {
        self.disconnected();
        self.probing_since = None;
    }

    /// Records the end of a pause that began at `started`.
    pub(super) fn pause_ended(&mut self, now: Instant, started: Instant) {
        self.resumed_at = Some(now);
        self.probing_since = Some(started);
        self.is_recovering = true;
    }

    /// Records that a person ended the pause.
    pub(super) fn released(&mut self, now: Instant) {
        self.released_at = Some(now);
    }

    /// Whether a person has ended a pause after `began`.
    pub(super) fn was_released_since(&self, began: Instant) -> bool {
        self.released_at.is_some_and(|released| began <= released)
    }

    /// Whether an attempt sent at `sent_at` was sent after the last pause, give or take `tolerance`.
    pub(super) fn is_after_pause(&self, sent_at: Instant, tolerance: Span) -> bool {
        self.resumed_at.is_none_or(|resumed| sent_at + tolerance >= resumed)
    }

    pub(super) fn is_probing(&self) -> bool {
        self.probing_since.is_some()
    }

    /// Records that a probe was accepted. Returns the time since the start of the pause, if a probe was awaited.
    pub(super) fn probe_accepted(&mut self, now: Instant) -> Option<Span> {
        self.probing_since.take().map(|paused_at| now.since(paused_at))
    }

    /// Records that the queue is empty.
    pub(super) fn queue_emptied(&mut self) {
        self.is_recovering &= self.is_probing();
    }
}
