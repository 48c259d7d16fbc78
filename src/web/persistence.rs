//! The state of scopes that survives a reload.

use std::hash::Hasher;

use fnv::FnvHasher;
use wasm_bindgen::prelude::*;

use super::call::Call;
use super::clock::wall;
use crate::throttle::Scope;
use crate::time::{Instant, Span, WallTime};

#[wasm_bindgen(module = "/src/web/storage.js")]
extern "C" {
    /// Stores the persisted state of a scope; removes it if `state` is empty.
    pub(crate) fn save(scope: u64, state: &[f64]);
    /// Returns the time at which it was saved, in epoch milliseconds, and the persisted state.
    fn load(scope: u64) -> Option<Vec<f64>>;
}

/// Restores the persisted state of a new scope.
pub(crate) fn recall(scope: &mut Scope<Call>, now: Instant, key: u64) {
    if let Some([saved_at, state @ ..]) = load(key).as_deref() {
        scope.restore(now, age_of(*saved_at), state);
    }
}

/// The name of a scope among tabs and in the storage: a hash, so that no address leaves the page.
pub(crate) fn key_of(name: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

/// The time since a date; zero if the clock was set back since.
pub(crate) fn age_of(epoch_millis: f64) -> Span {
    wall().since(WallTime::from_epoch_millis(epoch_millis))
}
