//! What came back without an answer: a network that failed, or a throttle that the page may not read.

use crate::throttle::action::Action;
use crate::throttle::action::Disposition;
use crate::throttle::action::Notice;
use crate::throttle::action::Rejection;
use crate::throttle::opaque::Classification;
use crate::throttle::opaque::FailureContext;
use crate::throttle::opaque::OpaqueThrottling;
use crate::throttle::queue::attempt::FinishedAttempt;
use crate::throttle::queue::ticket::Ticket;
use crate::throttle::random::UniformSample;
use crate::throttle::scope::Scope;
use crate::throttle::scope::retry::ThrottleKind;
use crate::time::Instant;

impl<T> Scope<T> {
    /// What is done about throttles that are hidden from the page.
    pub fn set_opaque_throttling(&mut self, mode: OpaqueThrottling) {
        self.opaque.set(mode);
    }

    /// A request came back without an answer: the network failed, or its transport did.
    pub fn failed(&mut self, now: Instant, ticket: Ticket) -> Option<T> {
        self.land(now, ticket)?;
        self.end(now, ticket)
    }

    /// A request came back without an answer, and with nothing but the error that a browser gives for an answer that
    /// the page may not read, too. `sample` is drawn for the jitter.
    ///
    /// To be found out may need an [`Action::CheckReachable`], of which [`Scope::reachability_checked`] is told.
    pub fn failed_opaquely(&mut self, now: Instant, ticket: Ticket, sample: UniformSample) -> Disposition<T> {
        let has_company = self.queue.in_flight > 1;
        let Some(attempt) = self.land(now, ticket) else { return Disposition::Ended };
        let finished = FinishedAttempt { ticket, attempt, at: now };
        let context = FailureContext {
            took: now.since(attempt.sent_at),
            is_near_limit: self.probing_since.is_some() || self.pacer.expects_throttles(),
            is_paused: self.hold.is_paused(),
            has_company,
        };
        let is_down = self.hold.is_offline() || self.hold.is_closed();
        let (classification, sends_probe) =
            if is_down { (Classification::Failure, false) } else { self.opaque.judge(now, context) };
        if sends_probe {
            self.actions.push_back(Action::CheckReachable);
        }
        match classification {
            Classification::Throttle => {
                self.diagnose();
                self.requeue_throttled(now, finished, None, sample, ThrottleKind::Opaque)
            }
            Classification::Unclear => {
                self.opaque.hold(finished);
                self.wake(now);
                Disposition::Held
            }
            Classification::Failure => {
                let disposition = self.deliver(ticket);
                self.wake(now);
                disposition
            }
        }
    }

    /// The probe is back: did it reach the server? `sample` is drawn for the jitter.
    pub fn reachability_checked(&mut self, now: Instant, is_reachable: bool, sample: UniformSample) {
        self.settle_held(is_reachable.then_some((now, sample)));
        self.wake(now);
    }

    /// Whoever is held is given the error that came.
    pub(crate) fn give_up_held(&mut self) {
        self.settle_held(None);
    }

    /// A probe that takes too long has reached nobody.
    pub(crate) fn wake_opaque(&mut self, now: Instant) {
        if self.opaque.probe_until().is_some_and(|until| now >= until) {
            self.give_up_held();
        }
    }

    fn diagnose(&mut self) {
        if self.opaque.tells() {
            self.actions.push_back(Action::Notify(Notice::Diagnosed));
        }
    }

    fn settle_held(&mut self, reached: Option<(Instant, UniformSample)>) {
        let (held, is_throttle) = self.opaque.settle(reached.is_some());
        let throttle = reached.filter(|_| is_throttle);
        if is_throttle {
            self.diagnose();
        }
        for finished in held {
            // It may have been aborted meanwhile.
            if self.queue.get(finished.ticket).is_none() {
                continue;
            }
            let disposition = match throttle {
                Some((now, sample)) => {
                    self.requeue_throttled(now, finished, None, sample, ThrottleKind::Opaque)
                }
                None => self.deliver(finished.ticket),
            };
            if let Disposition::Deliver(payload) = disposition {
                self.actions.push_back(Action::Reject(payload, Rejection::Failed));
            }
        }
    }
}
