//! Attempts without a response: a network that failed, or a throttle that CORS hides from the page.

use crate::throttle::action::{Action, Disposition, Notice, Rejection};
use crate::throttle::advice::Outcome;
use crate::throttle::opaque::{Classification, FailureContext, OpaqueThrottling};
use crate::throttle::queue::FinishedAttempt;
use crate::throttle::random::UniformSample;
use crate::throttle::scope::Scope;
use crate::time::Instant;

impl<T> Scope<T> {
    /// Sets the treatment of throttles that CORS hides from the page.
    pub fn set_opaque_throttling(&mut self, mode: OpaqueThrottling) {
        self.opaque.set_mode(mode);
    }

    /// Takes the result of an [`Action::CheckReachable`]. `sample` is drawn for the jitter.
    pub fn reachability_checked(&mut self, now: Instant, is_reachable: bool, sample: UniformSample) {
        self.end_check(is_reachable.then_some((now, sample)));
        self.wake(now);
    }

    pub(super) fn failed_opaquely(
        &mut self,
        now: Instant,
        finished: FinishedAttempt,
        sample: UniformSample,
    ) -> Disposition<T> {
        if self.hold.is_offline() || self.hold.is_closed() {
            return self.deliver(finished.ticket);
        }
        let context = FailureContext {
            took: now.since(finished.attempt.sent_at),
            is_near_limit: self.recovery.is_probing() || self.pacer.expects_throttles(),
            is_paused: self.hold.is_paused(),
            has_company: self.queue.in_flight > 0,
        };
        let (classification, starts_check) = self.opaque.classify(now, context);
        if starts_check {
            self.actions.push_back(Action::CheckReachable);
        }
        match classification {
            Classification::Throttle => {
                self.actions.push_back(Action::Notify(Notice::Diagnosed));
                self.throttled(now, finished, Outcome::FailedOpaquely, sample)
            }
            Classification::Unclear => {
                self.opaque.await_check(finished);
                Disposition::Withhold
            }
            Classification::Failure => self.deliver(finished.ticket),
        }
    }

    /// Gives up the reachability check: the requests that await it get the error that they failed with.
    pub(super) fn give_up_check(&mut self) {
        self.end_check(None);
    }

    /// Gives up a reachability check that takes too long.
    pub(super) fn end_late_check(&mut self, now: Instant) {
        if self.opaque.check_until().is_some_and(|until| now >= until) {
            self.give_up_check();
        }
    }

    fn end_check(&mut self, reached: Option<(Instant, UniformSample)>) {
        let (awaiting, is_throttle) = self.opaque.end_check(reached.is_some());
        let throttle = reached.filter(|_| is_throttle);
        if is_throttle {
            self.actions.push_back(Action::Notify(Notice::Diagnosed));
        }
        for finished in awaiting {
            // The caller may have aborted the request meanwhile.
            if self.queue.get(finished.ticket).is_none() {
                continue;
            }
            let disposition = match throttle {
                Some((now, sample)) => self.throttled(now, finished, Outcome::FailedOpaquely, sample),
                None => self.deliver(finished.ticket),
            };
            if let Disposition::Deliver(payload) = disposition {
                self.actions.push_back(Action::Reject(payload, Rejection::Failed));
            }
        }
    }
}
