//! A throttled attempt: its pause, and its way back into the queue.

use crate::throttle::action::{Action, Disposition, Notice, Rejection};
use crate::throttle::advice::Outcome;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::queue::{FinishedAttempt, Ticket};
use crate::throttle::random::UniformSample;
use crate::throttle::scope::{Scope, retry};
use crate::time::Instant;

impl<T> Scope<T> {
    /// Attributes a throttle to the scope or to the route of the request, pauses the scope, and requeues the request.
    pub(super) fn throttled(
        &mut self,
        now: Instant,
        FinishedAttempt { ticket, attempt, at }: FinishedAttempt,
        outcome: Outcome,
        sample: UniformSample,
    ) -> Disposition<T> {
        self.throttled = self.throttled.wrapping_add(1);
        self.hold.settle();
        let is_current = self.recovery.is_current(attempt);
        let begins_pause = is_current && !self.hold.is_paused();
        let decision = DecisionTime::between(attempt.sent_at, at);
        if let Some(route) = self.limited_route(now, ticket, decision, begins_pause) {
            return self.split_route(now, ticket, route, outcome);
        }
        self.announce_decision(decision, true);
        // A request sent before the last pause says nothing new, unless its response asks for a delay.
        if is_current || outcome.requested().is_some() {
            self.pause_for(now, outcome, sample);
        }
        if begins_pause {
            self.pacer.throttled(decision, matches!(outcome, Outcome::Unavailable(_)));
        } else {
            self.pacer.throttled_again(decision);
        }
        self.requeue_or_end(now, ticket, outcome)
    }

    /// Puts a throttled request back into the queue, or ends it if it may not be sent again or cannot wait.
    pub(super) fn requeue_or_end(
        &mut self,
        now: Instant,
        ticket: Ticket,
        outcome: Outcome,
    ) -> Disposition<T> {
        let Some(pending) = self.queue.get(ticket) else { return Disposition::Withhold };
        let attempt = pending.attempts;
        let is_last = attempt >= self.limits.max_attempts || self.hold.is_closed();
        if is_last || !retry::may_resend(pending, outcome) {
            return self.deliver(ticket);
        }
        let rejection = if pending.expires_at().is_some_and(|end| now >= end) {
            Some(Rejection::QueueTimeout { waited: now.since(pending.called_at) })
        } else {
            self.rejection(now)
        };
        if let Some(rejection) = rejection {
            self.reject(ticket, rejection);
        } else {
            self.queue.requeue(ticket);
            let delay = self.hold.pause_left(now);
            self.actions.push_back(Action::Notify(Notice::Retry { ticket, attempt, delay }));
        }
        Disposition::Withhold
    }
}
