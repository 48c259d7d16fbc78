//! Without a network nothing is sent.

use crate::throttle::action::{Action, Notice};
use crate::throttle::scope::Scope;
use crate::time::Instant;

impl<T> Scope<T> {
    /// The browser says that there is no network; saying so again changes nothing. What waits goes on waiting, for as
    /// long as the longest pause at most: browsers have been wrong about it.
    pub fn offline(&mut self, now: Instant) {
        self.wake(now);
        if !self.hold.go_offline(now, self.limits.max_pause) {
            return;
        }
        // What is on the wire says nothing about the limit any more, and has failed without being refused.
        self.pauses = self.pauses.wrapping_add(1);
        self.is_recovering = false;
        self.give_up_held();
        self.actions.push_back(Action::Notify(Notice::Offline));
    }

    /// The browser says that there is a network. It may be wrong: one request goes first.
    pub fn online(&mut self, now: Instant) {
        self.reconnect(now);
        self.hold.trust_offline();
        self.wake(now);
    }

    pub(super) fn wake_offline(&mut self, now: Instant) {
        if self.hold.offline_is_over(now) {
            self.reconnect(now);
        }
    }

    pub(super) fn reconnect(&mut self, now: Instant) {
        if self.hold.override_offline() {
            self.is_recovering = true;
            self.pacer.reconnected(now, self.queue.in_flight);
        }
    }
}
