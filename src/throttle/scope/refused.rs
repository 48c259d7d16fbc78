//! What was refused: how long the scope pauses for it, and what becomes of the request.

use super::super::action::{Action, Fate, Notice, Rejection};
use super::super::moment::Moment;
use super::super::pause::{Advice, End, PauseSource};
use super::super::request::Ticket;
use super::super::roster::Landing;
use super::super::route::{Met, Route};
use super::super::setback::Setback;
use super::super::unit::Unit;
use super::Scope;
use crate::time::{Instant, Span};

impl<T> Scope<T> {
    /// A request was refused before it reached what is behind the gateway: it may be sent again, whatever its method.
    /// `unit` is drawn for the jitter.
    pub fn throttled(&mut self, now: Instant, ticket: Ticket, advice: Option<Advice>, unit: Unit) -> Fate<T> {
        self.held_back(now, ticket, advice, unit, Setback::Refused)
    }

    /// A request was answered by a 503 that says when to come back. It may have been acted on: only what is
    /// idempotent is sent again.
    pub fn unavailable(&mut self, now: Instant, ticket: Ticket, advice: Advice, unit: Unit) -> Fate<T> {
        self.held_back(now, ticket, Some(advice), unit, Setback::Unavailable)
    }

    /// A request met a quota that is used up. Waiting does not help: its answer goes to its caller, and so does every
    /// other request that waits or comes, until a probe is accepted.
    pub fn quota_exceeded(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        let flight = self.land(now, ticket)?;
        self.hears(now);
        self.meet_quota(now, self.is_current(flight));
        self.end(now, ticket)
    }

    /// A throttled answer that this scope did not send the request of. Returns how long the scope now pauses.
    pub fn throttled_elsewhere(&mut self, now: Instant, advice: Option<Advice>, unit: Unit) -> Span {
        self.wake(now);
        self.throttled = self.throttled.wrapping_add(1);
        self.pause_as_asked(now, advice, unit, PauseSource::Backoff);
        self.wake(now);
        self.hold.pause_left(now)
    }

    /// As [`Scope::quota_exceeded`], from an answer that this scope did not send the request of.
    pub fn quota_exceeded_elsewhere(&mut self, now: Instant) {
        let is_news = self.hold.quota().is_none_or(|quota| now >= quota.next_probe);
        self.meet_quota(now, is_news);
        self.wake(now);
    }

    fn held_back(
        &mut self,
        now: Instant,
        ticket: Ticket,
        advice: Option<Advice>,
        unit: Unit,
        setback: Setback,
    ) -> Fate<T> {
        let Some(flight) = self.land(now, ticket) else { return Fate::Ended };
        self.hears(now);
        self.set_back(now, Landing { ticket, flight, at: now }, advice, unit, setback)
    }

    /// What has landed was throttled.
    pub(super) fn set_back(
        &mut self,
        now: Instant,
        Landing { ticket, flight, at }: Landing,
        advice: Option<Advice>,
        unit: Unit,
        setback: Setback,
    ) -> Fate<T> {
        self.throttled = self.throttled.wrapping_add(1);
        self.hold.settle();
        let is_current = self.is_current(flight);
        let was_paused = self.hold.is_paused();
        let route = self.roster.get(ticket).map_or(Route::UNKNOWN, |pending| pending.route);
        let begins_pause = is_current && !was_paused;
        let moment = Moment::between(flight.sent_at, at);
        let roster = &self.roster;
        let others_wait = || roster.waits_beside(route);
        if self.routes.refused(now, route, moment, begins_pause, others_wait) == Met::Routes {
            let fate = self.demote(now, ticket, route, advice, setback);
            self.wake(now);
            return fate;
        }
        self.tell_answer(moment, true);
        while let Some(route) = self.routes.take_back(now) {
            self.actions.push_back(Action::Restore(route));
        }
        // What was sent before the pause that is over, and does not ask for one of its own, is old news.
        if is_current || advice.is_some() {
            self.pause_as_asked(now, advice, unit, setback.source());
        }
        if begins_pause {
            self.pacer.throttled(at, flight, setback == Setback::Unavailable);
        } else {
            self.pacer.throttled_again(at, flight);
        }
        let fate = self.requeue(now, ticket, setback);
        self.wake(now);
        fate
    }

    pub(super) fn requeue(&mut self, now: Instant, ticket: Ticket, setback: Setback) -> Fate<T> {
        let Some(pending) = self.roster.get(ticket) else { return Fate::Ended };
        let is_resendable = setback.allows_resending(pending);
        if !is_resendable || pending.attempts >= self.limits.max_attempts || self.hold.is_closed() {
            return self.deliver(ticket);
        }
        let timed_out = pending.expires_at.is_some_and(|end| now >= end);
        let waited = now.since(pending.called_at);
        let attempt = pending.attempts;
        let rejection = if timed_out { Some(Rejection::QueueTimeout { waited }) } else { self.hopeless(now) };
        if let Some(rejection) = rejection {
            if let Some(pending) = self.roster.remove(ticket) {
                self.actions.push_back(Action::Reject(pending.payload, rejection));
            }
            return Fate::Ended;
        }
        self.roster.requeue(ticket);
        let delay = self.hold.pause_left(now);
        self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
        Fate::Requeued
    }

    pub(super) fn deliver(&mut self, ticket: Ticket) -> Fate<T> {
        self.roster.remove(ticket).map_or(Fate::Ended, |pending| Fate::Deliver(pending.payload))
    }

    fn meet_quota(&mut self, now: Instant, is_current: bool) {
        self.throttled = self.throttled.wrapping_add(1);
        self.hold.settle();
        let is_first = self.hold.quota().is_none();
        let Some(next_probe) = self.hold.meet_quota(now, is_current) else { return };
        if is_first {
            self.pauses = self.pauses.wrapping_add(1);
        }
        self.actions.push_back(Action::Notify(Notice::QuotaExceeded { next_probe }));
        self.reject_waiting(Rejection::QuotaExceeded { next_probe });
    }

    pub(super) fn pause_as_asked(
        &mut self,
        now: Instant,
        advice: Option<Advice>,
        unit: Unit,
        otherwise: PauseSource,
    ) {
        let (delay, asked, source) = match (advice, self.hold.is_paused()) {
            // One flight, one pause: without advice its length is decided, and jitter is added once.
            (None, true) => return,
            (Some(advice), true) => (advice.delay, advice.delay, advice.source),
            (Some(advice), false) => (self.backoff.honour(advice.delay, unit), advice.delay, advice.source),
            (None, false) => {
                let delay = self.backoff.next(unit);
                (delay, delay, otherwise)
            }
        };
        self.pause_until(now, End::At { at: now + delay, jitter: delay - asked }, source);
    }
}
