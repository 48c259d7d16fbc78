//! What came back without an answer: a network that failed, or a throttle that the page may not read.

use super::super::action::{Action, Fate, Notice, Rejection};
use super::super::opaque::{Guess, OpaqueThrottling, Scene};
use super::super::request::Ticket;
use super::super::roster::Landing;
use super::super::setback::Setback;
use super::super::unit::Unit;
use super::Scope;
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
    /// the page may not read, too. `unit` is drawn for the jitter.
    ///
    /// To be found out may need an [`Action::Probe`], of which [`Scope::probed`] is told.
    pub fn failed_opaquely(&mut self, now: Instant, ticket: Ticket, unit: Unit) -> Fate<T> {
        let has_company = self.roster.in_flight > 1;
        let Some(flight) = self.land(now, ticket) else { return Fate::Ended };
        let landing = Landing { ticket, flight, at: now };
        let scene = Scene {
            took: now.since(flight.sent_at),
            is_near_limit: self.probing_since.is_some() || self.pacer.expects_throttles(),
            is_paused: self.hold.is_paused(),
            has_company,
        };
        let is_down = self.hold.is_offline() || self.hold.is_closed();
        let (guess, sends_probe) =
            if is_down { (Guess::Failure, false) } else { self.opaque.judge(now, scene) };
        if sends_probe {
            self.actions.push_back(Action::Probe);
        }
        match guess {
            Guess::Throttle => {
                self.diagnose();
                self.set_back(now, landing, None, unit, Setback::Opaque)
            }
            Guess::Unclear => {
                self.opaque.hold(landing);
                self.wake(now);
                Fate::Held
            }
            Guess::Failure => {
                let fate = self.deliver(ticket);
                self.wake(now);
                fate
            }
        }
    }

    /// The probe is back: did it reach the server? `unit` is drawn for the jitter.
    pub fn probed(&mut self, now: Instant, is_reachable: bool, unit: Unit) {
        self.settle_held(is_reachable.then_some((now, unit)));
        self.wake(now);
    }

    /// Whoever is held is given the error that came.
    pub(super) fn give_up_held(&mut self) {
        self.settle_held(None);
    }

    /// A probe that takes too long has reached nobody.
    pub(super) fn wake_opaque(&mut self, now: Instant) {
        if self.opaque.probe_until().is_some_and(|until| now >= until) {
            self.give_up_held();
        }
    }

    fn diagnose(&mut self) {
        if self.opaque.tells() {
            self.actions.push_back(Action::Notify(Notice::Diagnosed));
        }
    }

    fn settle_held(&mut self, reached: Option<(Instant, Unit)>) {
        let (held, is_throttle) = self.opaque.settle(reached.is_some());
        let throttle = reached.filter(|_| is_throttle);
        if is_throttle {
            self.diagnose();
        }
        for landing in held {
            // It may have been aborted meanwhile.
            if self.roster.get(landing.ticket).is_none() {
                continue;
            }
            let fate = match throttle {
                Some((now, unit)) => self.set_back(now, landing, None, unit, Setback::Opaque),
                None => self.deliver(landing.ticket),
            };
            if let Fate::Deliver(payload) = fate {
                self.actions.push_back(Action::Reject(payload, Rejection::Failed));
            }
        }
    }
}
