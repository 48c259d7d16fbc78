//! What was refused: how long the scope pauses for it, and what becomes of the request.

use crate::throttle::action::Action;
use crate::throttle::action::Disposition;
use crate::throttle::action::Notice;
use crate::throttle::action::Rejection;
use crate::throttle::advice::PauseSource;
use crate::throttle::advice::RequestedDelay;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::hold::pause::End;
use crate::throttle::queue::attempt::FinishedAttempt;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::random::UniformSample;
use crate::throttle::routes::Route;
use crate::throttle::routes::detector::LimitOwner;
use crate::throttle::scope::Scope;
use crate::throttle::scope::retry::ThrottleKind;
use crate::time::{Instant, Span};

impl<T> Scope<T> {
    /// A request was refused before it reached what is behind the gateway: it may be sent again, whatever its method.
    /// `sample` is drawn for the jitter.
    pub fn throttled(
        &mut self,
        now: Instant,
        ticket: Ticket,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
    ) -> Disposition<T> {
        self.throttled_as(now, ticket, requested, sample, ThrottleKind::Refused)
    }

    /// A request was answered by a 503 that says when to come back. It may have been acted on: only what is
    /// idempotent is sent again.
    pub fn unavailable(
        &mut self,
        now: Instant,
        ticket: Ticket,
        requested: RequestedDelay,
        sample: UniformSample,
    ) -> Disposition<T> {
        self.throttled_as(now, ticket, Some(requested), sample, ThrottleKind::Unavailable)
    }

    /// A request met a quota that is used up. Waiting does not help: its answer goes to its caller, and so does every
    /// other request that waits or comes, until a probe is accepted.
    pub fn quota_exceeded(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        let attempt = self.land(now, ticket)?;
        self.heard_from_server(now);
        self.meet_quota(now, self.is_current(attempt));
        self.end(now, ticket)
    }

    /// A throttled answer that this scope did not send the request of. Returns how long the scope now pauses.
    pub fn throttled_externally(
        &mut self,
        now: Instant,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
    ) -> Span {
        self.wake(now);
        self.throttled = self.throttled.wrapping_add(1);
        self.pause_as_asked(now, requested, sample, PauseSource::Backoff);
        self.wake(now);
        self.hold.pause_left(now)
    }

    /// As [`Scope::quota_exceeded`], from an answer that this scope did not send the request of.
    pub fn quota_exceeded_externally(&mut self, now: Instant) {
        let is_news = self.hold.quota().is_none_or(|quota| now >= quota.next_probe);
        self.meet_quota(now, is_news);
        self.wake(now);
    }

    fn throttled_as(
        &mut self,
        now: Instant,
        ticket: Ticket,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
        kind: ThrottleKind,
    ) -> Disposition<T> {
        let Some(attempt) = self.land(now, ticket) else { return Disposition::Ended };
        self.heard_from_server(now);
        self.requeue_throttled(now, FinishedAttempt { ticket, attempt, at: now }, requested, sample, kind)
    }

    /// What has landed was throttled.
    pub(crate) fn requeue_throttled(
        &mut self,
        now: Instant,
        FinishedAttempt { ticket, attempt, at }: FinishedAttempt,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
        kind: ThrottleKind,
    ) -> Disposition<T> {
        self.throttled = self.throttled.wrapping_add(1);
        self.hold.settle();
        let is_current = self.is_current(attempt);
        let was_paused = self.hold.is_paused();
        let route = self.queue.get(ticket).map_or(Route::UNKNOWN, |pending| pending.route);
        let begins_pause = is_current && !was_paused;
        let moment = DecisionTime::between(attempt.sent_at, at);
        let queue = &self.queue;
        let others_wait = || queue.waits_beside(route);
        if self.routes.refused(now, route, moment, begins_pause, others_wait) == LimitOwner::Route {
            let disposition = self.split_route(now, ticket, route, requested, kind);
            self.wake(now);
            return disposition;
        }
        self.tell_answer(moment, true);
        while let Some(route) = self.routes.take_back(now) {
            self.actions.push_back(Action::RejoinRoute(route));
        }
        // What was sent before the pause that is over, and does not ask for one of its own, is old news.
        if is_current || requested.is_some() {
            self.pause_as_asked(now, requested, sample, kind.source());
        }
        if begins_pause {
            self.pacer.throttled(at, attempt, kind == ThrottleKind::Unavailable);
        } else {
            self.pacer.throttled_again(at, attempt);
        }
        let disposition = self.requeue(now, ticket, kind);
        self.wake(now);
        disposition
    }

    pub(crate) fn requeue(&mut self, now: Instant, ticket: Ticket, kind: ThrottleKind) -> Disposition<T> {
        let Some(pending) = self.queue.get(ticket) else { return Disposition::Ended };
        let is_resendable = kind.may_resend(pending);
        if !is_resendable || pending.attempts >= self.limits.max_attempts || self.hold.is_closed() {
            return self.deliver(ticket);
        }
        let timed_out = pending.expires_at.is_some_and(|end| now >= end);
        let waited = now.since(pending.called_at);
        let attempt = pending.attempts;
        let rejection =
            if timed_out { Some(Rejection::QueueTimeout { waited }) } else { self.rejection_of_waiting(now) };
        if let Some(rejection) = rejection {
            if let Some(pending) = self.queue.remove(ticket) {
                self.actions.push_back(Action::Reject(pending.payload, rejection));
            }
            return Disposition::Ended;
        }
        self.queue.requeue(ticket);
        let delay = self.hold.pause_left(now);
        self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
        Disposition::Requeued
    }

    pub(crate) fn deliver(&mut self, ticket: Ticket) -> Disposition<T> {
        self.queue.remove(ticket).map_or(Disposition::Ended, |pending| Disposition::Deliver(pending.payload))
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

    pub(crate) fn pause_as_asked(
        &mut self,
        now: Instant,
        requested: Option<RequestedDelay>,
        sample: UniformSample,
        otherwise: PauseSource,
    ) {
        let (delay, asked, source) = match (requested, self.hold.is_paused()) {
            // One attempt, one pause: without requested its length is decided, and jitter is added once.
            (None, true) => return,
            (Some(requested), true) => (requested.delay, requested.delay, requested.source),
            (Some(requested), false) => {
                (self.backoff.honour(requested.delay, sample), requested.delay, requested.source)
            }
            (None, false) => {
                let delay = self.backoff.next(sample);
                (delay, delay, otherwise)
            }
        };
        self.pause_until(now, End::At { at: now + delay, jitter: delay - asked }, source);
    }
}
