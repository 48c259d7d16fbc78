//! The state that a scope shares with other tabs, and keeps over a reload.
//!
//! A message is a list of numbers. The driver posts it, and hands in the messages of other tabs. The persisted state is
//! such a list, too. Neither is trusted: it can block the scope for at most `max_pause`, and cannot shorten a pause.

use crate::throttle::advice::PauseSource;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::hold::{End, Pause};
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::scope::Scope;
use crate::throttle::tabs::message::{Decision, Decisions, ScopeReport, SharedPause, TabMessage};
use crate::throttle::tabs::{SAME_END, Tabs};
use crate::time::{Instant, Span};

/// The greatest age of a message. A message that seems older was posted before somebody set the clock.
const MAX_MESSAGE_AGE: Span = Span::from_secs(5);
/// Time after which a persisted estimate of the limit is discarded.
const ESTIMATE_TTL: Span = Span::from_secs(600);
/// The largest number of throttles taken from a message: after as many, any backoff has reached its longest delay.
const MAX_CONSECUTIVE: u32 = 32;

impl<T> Scope<T> {
    /// Shares the state with other tabs from now on. The `id` is this tab's alone.
    pub fn join_tabs(&mut self, id: u32) {
        self.tabs = Some(Tabs::new(id));
    }

    /// Takes a message of another tab, posted `age` ago. A malformed message is ignored.
    pub fn receive_message(&mut self, now: Instant, age: Span, message: &[f64]) {
        let max_pause = self.limits.max_pause;
        let Some(message) = TabMessage::read(now, age.min(MAX_MESSAGE_AGE), message, max_pause) else {
            return;
        };
        // Ends a pause that is over, but sends nothing before the message is taken into account.
        self.end_pause(now);
        let report = self.report();
        let Some(received) = self.tabs.as_mut().and_then(|tabs| tabs.receive(now, &message, report)) else {
            return self.wake(now);
        };
        self.update_share(now);
        self.learn(now, message.report.limit);
        let decisions = &message.decisions.latest;
        if received.decisions > decisions.len() {
            self.pacer.discard_counts(now);
        }
        self.pause_with_peer(now, message.report);
        // Throttles first: acceptances count from the last throttle on.
        for is_throttle in [true, false] {
            let new = decisions.iter().take(received.decisions).rev();
            for decision in new.filter(|decision| decision.is_throttle == is_throttle) {
                self.decided_by_peer(now, *decision);
            }
        }
        self.wake(now);
    }

    /// Returns the message that is due for the other tabs. The driver asks after it has carried out the actions.
    pub fn take_message(&mut self, now: Instant) -> Option<Vec<f64>> {
        let report = self.report();
        let tabs = self.tabs.as_mut().filter(|_| !self.hold.is_closed())?;
        let is_due = tabs.next_message(now, report.demand, report.in_flight).is_some_and(|at| at <= now);
        let message = is_due.then(|| tabs.take_message(now, report).write(now))?;
        // A message can ask for the demand of the other tabs. Until they reply, the share of this tab is smaller.
        self.advance(now);
        Some(message)
    }

    /// Returns the state to persist, if it has changed; an empty list if there is nothing to keep. The driver asks after
    /// it has carried out the actions.
    pub fn take_persisted(&mut self, now: Instant) -> Option<Vec<f64>> {
        let report = self.report();
        if !self.persisted.is_outdated(now, &report) {
            return None;
        }
        self.persisted.update(now, &report);
        if report.pause.is_none() && report.limit.is_none() {
            return Some(Vec::new());
        }
        let decisions = Decisions::default();
        let message = TabMessage { id: 0, number: 0, sent_at: now, asks_demand: false, report, decisions };
        Some(message.write(now))
    }

    /// Restores the state that was persisted `age` ago, before the first request. A pause ends at its time, and an
    /// estimate of the limit is discarded after `ESTIMATE_TTL` (10 min).
    pub fn restore(&mut self, now: Instant, age: Span, persisted: &[f64]) {
        let Some(message) = TabMessage::read(now, age, persisted, self.limits.max_pause) else { return };
        let mut report = message.report;
        report.limit = report.limit.filter(|_| age < ESTIMATE_TTL);
        self.persisted.update(now, &report);
        self.learn(now, report.limit);
        self.pause_with_peer(now, report);
        self.wake(now);
    }

    /// Returns the time of the next message, if nothing else happens before.
    pub(super) fn next_message(&self, now: Instant) -> Option<Instant> {
        let tabs = self.tabs.as_ref().filter(|_| !self.hold.is_closed())?;
        tabs.next_message(now, self.demand(), self.queue.in_flight.into())
    }

    /// Returns the time until which queued requests may wait for the other tabs to reply.
    pub(super) fn replies_until(&self, now: Instant) -> Option<Instant> {
        self.tabs.as_ref().filter(|_| self.queue.waiting > 0)?.replies_until(now)
    }

    /// Expects a request to be added to the queue.
    pub(super) fn expect_demand(&mut self, now: Instant) {
        if self.demand() == 0.0
            && let Some(tabs) = &mut self.tabs
        {
            tabs.expect_demand(now);
        }
    }

    /// Announces the gateway's decision about a request of this tab.
    pub(super) fn announce_decision(&mut self, at: DecisionTime, is_throttle: bool) {
        if let Some(tabs) = &mut self.tabs {
            tabs.decided(Decision { at, is_throttle });
        }
    }

    /// Announces a change of the pause without delay.
    pub(super) fn announce_at_once(&mut self) {
        if let Some(tabs) = &mut self.tabs {
            tabs.announce_at_once();
        }
    }

    pub(super) fn update_share(&mut self, now: Instant) {
        if let Some(tabs) = &self.tabs {
            self.pacer.set_share(now, self.queue.in_flight, tabs.share(now, self.demand()));
        }
    }

    /// Takes the gateway's decision about a request of another tab. An acceptance after the pause counts as a probe.
    fn decided_by_peer(&mut self, now: Instant, Decision { at, is_throttle }: Decision) {
        if is_throttle {
            return self.pacer.throttled_by_peer(at);
        }
        let is_current = self.recovery.is_after_pause(at.sent_at(), SAME_END) && !self.hold.is_paused();
        if is_current {
            self.backoff.reset();
            self.end_probing(now);
        }
        self.pacer.accepted_by_peer(now, at, is_current);
    }

    fn learn(&mut self, now: Instant, limit: Option<LimitEstimate>) {
        if let Some(limit) = limit {
            self.pacer.learn(now, limit);
            if let Some(tabs) = &mut self.tabs {
                tabs.limit_met();
            }
        }
    }

    fn demand(&self) -> f64 {
        f64::from(self.queue.waiting) + f64::from(self.queue.in_flight)
    }

    fn report(&self) -> ScopeReport {
        let pause = self.hold.shared_pause().map(|(began, end)| SharedPause { began, end });
        ScopeReport {
            demand: self.demand(),
            in_flight: self.queue.in_flight.into(),
            pause,
            consecutive: self.backoff.consecutive,
            limit: self.pacer.limit_estimate(),
        }
    }

    /// Takes over the pause of another tab, unless a person has ended that pause here.
    fn pause_with_peer(&mut self, now: Instant, report: ScopeReport) {
        let Some(SharedPause { began, end }) = report.pause else { return };
        let is_longer = end.since(now) > self.hold.pause_left(now) + SAME_END;
        if is_longer && !self.recovery.was_released_since(began) {
            self.backoff.consecutive = self.backoff.consecutive.max(report.consecutive.min(MAX_CONSECUTIVE));
            self.begin_pause(now, Pause::new(began, End::At(end), PauseSource::AnotherTab));
        }
    }
}
