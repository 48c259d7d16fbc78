//! The loss of the network, as the browser reports it.

use crate::throttle::action::{Action, Notice};
use crate::throttle::scope::Scope;
use crate::time::Instant;

impl<T> Scope<T> {
    /// Takes the browser's report of no network. Queued requests wait, for at most `max_pause`: browsers have been
    /// wrong about it.
    pub fn offline(&mut self, now: Instant) {
        self.wake(now);
        if self.hold.go_offline(now, self.limits.max_pause) {
            // Attempts in flight will fail without being refused, and say nothing about the limit.
            self.recovery.disconnected();
            self.give_up_check();
            self.actions.push_back(Action::Notify(Notice::Offline));
        }
    }

    /// Takes the browser's report of a network. It may be wrong, so one request goes first.
    pub fn online(&mut self, now: Instant) {
        self.reconnect(now);
        self.hold.trust_offline();
        self.wake(now);
    }

    pub(super) fn reconnect(&mut self, now: Instant) {
        if self.hold.override_offline() {
            self.recovery.is_recovering = true;
            self.pacer.reconnected(now, self.queue.in_flight);
        }
    }
}
