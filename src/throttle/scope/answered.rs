//! The outcome of an attempt: one entry for all of them, and the answers that are no throttle.

use crate::throttle::action::{Action, Disposition, Notice, Rejection};
use crate::throttle::advice::Outcome;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::hold::{Budget, ServerBudget};
use crate::throttle::queue::{FinishedAttempt, Ticket};
use crate::throttle::random::UniformSample;
use crate::throttle::scope::Scope;
use crate::time::{Instant, Span};

impl<T> Scope<T> {
    /// Ends an attempt. `sample` is drawn for the jitter of a pause; [`Outcome::Accepted`], [`Outcome::QuotaExceeded`]
    /// and [`Outcome::Failed`] need none.
    ///
    /// [`Outcome::FailedOpaquely`] may lead to an [`Action::CheckReachable`].
    pub fn finish(
        &mut self,
        now: Instant,
        ticket: Ticket,
        outcome: Outcome,
        sample: UniformSample,
    ) -> Disposition<T> {
        let Some(finished) = self.finish_attempt(now, ticket) else { return Disposition::Withhold };
        if !matches!(outcome, Outcome::Failed | Outcome::FailedOpaquely) {
            self.heard_from_server(now);
        }
        let disposition = match outcome {
            Outcome::Accepted => self.accepted(now, finished),
            Outcome::Throttled(_) | Outcome::Unavailable(_) => self.throttled(now, finished, outcome, sample),
            Outcome::QuotaExceeded => {
                self.meet_quota(now, self.recovery.is_current(finished.attempt));
                self.deliver(ticket)
            }
            Outcome::Failed => self.deliver(ticket),
            Outcome::FailedOpaquely => self.failed_opaquely(now, finished, sample),
        };
        self.wake(now);
        disposition
    }

    /// Takes the response to a request that this scope did not send. Returns the time that the scope pauses from now.
    pub fn finish_externally(&mut self, now: Instant, outcome: Outcome, sample: UniformSample) -> Span {
        match outcome {
            Outcome::Throttled(_) | Outcome::Unavailable(_) => {
                self.wake(now);
                self.throttled = self.throttled.wrapping_add(1);
                self.pause_for(now, outcome, sample);
                self.wake(now);
                self.hold.pause_left(now)
            }
            Outcome::QuotaExceeded => {
                let is_news = self.hold.quota().is_none_or(|quota| now >= quota.next_probe);
                self.meet_quota(now, is_news);
                self.wake(now);
                Span::ZERO
            }
            Outcome::Accepted | Outcome::Failed | Outcome::FailedOpaquely => Span::ZERO,
        }
    }

    /// Takes the number of requests that the server still accepts, read from a response before [`Scope::finish`]. A
    /// budget that is renewed only after `max_pause` is left to the server to enforce.
    pub fn announce_budget(&mut self, now: Instant, budget: Budget) {
        if budget.resets_in <= self.limits.max_pause {
            let announced = ServerBudget::announced(now, budget);
            self.server_budget = Some(self.server_budget.map_or(announced, |known| known.and(announced)));
        }
    }

    /// Holds the scope for at most a second, while the body of a 429 is read for [`Outcome::with_body`]. Returns the time
    /// to read it: a body that takes longer counts as empty.
    pub fn suspect(&mut self, now: Instant) -> Span {
        self.hold.suspect(now)
    }

    fn accepted(
        &mut self,
        now: Instant,
        FinishedAttempt { ticket, attempt, .. }: FinishedAttempt,
    ) -> Disposition<T> {
        let is_current = self.recovery.is_current(attempt);
        if is_current {
            self.backoff.reset();
            self.hold.quota_renewed();
            if self.end_probing(now) {
                self.announce_at_once();
            }
        }
        let at = DecisionTime::between(attempt.sent_at, now);
        self.announce_decision(at, false);
        if self.routes.needs_routes()
            && let Some(pending) = self.queue.get(ticket)
        {
            self.routes.accepted(pending.request.route, at);
        }
        self.pacer.accepted(now, at, is_current);
        self.deliver(ticket)
    }

    /// Ends a request whose answer or error is its caller's.
    pub(super) fn deliver(&mut self, ticket: Ticket) -> Disposition<T> {
        self.queue
            .remove(ticket)
            .map_or(Disposition::Withhold, |pending| Disposition::Deliver(pending.payload))
    }

    fn meet_quota(&mut self, now: Instant, is_current: bool) {
        self.throttled = self.throttled.wrapping_add(1);
        self.hold.settle();
        let is_first = self.hold.quota().is_none();
        let Some(next_probe) = self.hold.meet_quota(now, is_current) else { return };
        if is_first {
            self.recovery.outdate_attempts();
        }
        self.actions.push_back(Action::Notify(Notice::QuotaExceeded { next_probe }));
        self.reject_queued(Rejection::QuotaExceeded { next_probe });
    }

    /// Records a response, which proves that there is a network.
    fn heard_from_server(&mut self, now: Instant) {
        self.opaque.responded();
        self.reconnect(now);
    }
}
