use std::hash::Hasher;
use std::rc::Rc;

use fnv::FnvHasher;

use super::client::Client;
use super::clock::wall;
use super::lane::{Call, Lane};
use super::storage;
use super::surroundings::{Followed, Surroundings};
use crate::throttle::Scope;
use crate::time::{Instant, Span, WallTime};

/// What a client carries between its scopes and what is around it: other tabs, the storage, the page.
impl Client {
    /// Listens to what is around it.
    pub(super) fn follow(&self, surroundings: Surroundings) {
        let followed = Followed(surroundings);
        if !self.is_closed.get() {
            self.surroundings.replace(Some(Rc::new(followed)));
        }
    }

    pub(super) fn is_offline(&self) -> bool {
        self.surroundings.borrow().as_ref().is_some_and(|around| around.is_offline())
    }

    pub(super) fn look_around(&self) {
        let now = self.clock.now();
        let is_offline = self.is_offline();
        self.each(&|scope| {
            if is_offline {
                scope.offline(now);
            } else {
                scope.online(now);
            }
            scope.wake(now);
        });
    }

    pub(super) fn hear(&self, key: u64, posted_at: f64, word: &[f64]) {
        let age = age_of(posted_at);
        let lane = self.lanes().into_iter().find(|lane| lane.key == key);
        if let Some(lane) = lane {
            lane.scope.borrow_mut().receive_message(self.clock.now(), age, word);
            self.drive(&lane);
        }
    }

    /// Tells the other tabs what they should know of the scope, and the storage what should survive a reload.
    pub(super) fn tell(&self, lane: &Lane) {
        // What is closed has nothing to say of the limit any more; what was kept of it before is still true.
        let surroundings = self.surroundings.borrow().clone().filter(|_| !self.is_closed.get());
        let Some(surroundings) = surroundings else { return };
        let now = self.clock.last();
        let word = lane.scope.borrow_mut().take_message(now);
        if let Some(word) = word {
            surroundings.post(lane.key, &word);
        }
        if self.options.persist {
            let memory = lane.scope.borrow_mut().take_persisted(now);
            if let Some(memory) = memory {
                storage::keep(lane.key, &memory);
            }
        }
    }
}

/// Has a new scope remember what was kept of it.
pub(super) fn recall(scope: &mut Scope<Call>, now: Instant, key: u64) {
    if let Some([kept_at, memory @ ..]) = storage::recall(key).as_deref() {
        scope.restore(now, age_of(*kept_at), memory);
    }
}

/// What other tabs and the storage know a scope by: no address leaves the page.
pub(super) fn key_of(name: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

/// How long ago a date is; no time at all if the clock was set back since.
fn age_of(epoch_millis: f64) -> Span {
    wall().since(WallTime::from_epoch_millis(epoch_millis))
}
