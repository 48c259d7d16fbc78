use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use super::clock::Clock;
use super::events::to_object;
use super::lane::Lane;
use crate::throttle::{ScopeSnapshot, Status};

/// What a scope last showed of itself, and what that was made of.
pub(super) struct ShownScope {
    snapshot: ScopeSnapshot,
    resume_at: Option<f64>,
    state: JsValue,
}

/// The last state that was shown, and what it was made of.
#[derive(Default)]
pub(super) struct Shown {
    state: Option<JsValue>,
    lanes: usize,
}

impl Shown {
    /// The state as one frozen object: the same as before if nothing in it has changed.
    pub(super) fn state<'a>(
        &mut self,
        lanes: impl Iterator<Item = &'a Lane> + Clone,
        is_closed: bool,
        clock: &Clock,
    ) -> JsValue {
        let mut has_changed = false;
        let mut count = 0;
        for lane in lanes.clone() {
            has_changed |= show(lane, clock);
            count += 1;
        }
        match &self.state {
            Some(state) if !has_changed && self.lanes == count => state.clone(),
            _ => {
                let state = assemble(lanes, is_closed, clock);
                self.state = Some(state.clone());
                self.lanes = count;
                state
            }
        }
    }

    /// Forgets the last state, where it has changed by more than its scopes.
    pub(super) fn forget(&mut self) {
        self.state = None;
    }
}

/// Brings what a scope shows up to date, and says whether that was needed.
fn show(lane: &Lane, clock: &Clock) -> bool {
    let snapshot = lane.scope.borrow().snapshot();
    // A clock that is set moves the date, though not the moment.
    let resume_at = snapshot.resume_at.map(|end| clock.epoch_millis(end));
    let mut shown = lane.shown.borrow_mut();
    if shown.as_ref().is_some_and(|before| before.snapshot == snapshot && before.resume_at == resume_at) {
        return false;
    }
    let state = to_object(&[
        ("status", name_of(snapshot.status).into()),
        ("resumeAt", resume_at.into()),
        ("queued", snapshot.queued.into()),
        ("inFlight", snapshot.in_flight.into()),
        ("rate", snapshot.rate.into()),
        ("sent", snapshot.sent.into()),
        ("throttled", snapshot.throttled.into()),
    ]);
    Object::freeze(state.unchecked_ref::<Object>());
    *shown = Some(ShownScope { snapshot, resume_at, state });
    true
}

fn assemble<'a>(lanes: impl Iterator<Item = &'a Lane>, is_closed: bool, clock: &Clock) -> JsValue {
    let scopes = Object::new();
    let mut status = if is_closed { Status::Closed } else { Status::Open };
    let (mut queued, mut in_flight) = (0, 0);
    let mut message = None;
    // A pause without an end outlasts every other.
    let (mut resume_at, mut is_endless) = (None, false);
    for lane in lanes {
        let shown = lane.shown.borrow();
        let Some(ShownScope { snapshot, state, .. }) = &*shown else { continue };
        let _ = Reflect::set(&scopes, &lane.name.as_str().into(), state);
        queued += snapshot.queued;
        in_flight += snapshot.in_flight;
        status = status.max(snapshot.status);
        if snapshot.status == Status::Paused {
            is_endless |= snapshot.resume_at.is_none();
            resume_at = resume_at.max(snapshot.resume_at);
            let words = if snapshot.is_offline { &lane.offline_message } else { &lane.message };
            message = message.or_else(|| words.borrow().clone());
        }
    }
    let state = to_object(&[
        ("status", name_of(status).into()),
        ("resumeAt", resume_at.filter(|_| !is_endless).map(|end| clock.epoch_millis(end)).into()),
        ("queued", queued.into()),
        ("inFlight", in_flight.into()),
        ("message", message.as_deref().into()),
    ]);
    Object::freeze(&scopes);
    let _ = Reflect::set(&state, &"scopes".into(), &scopes);
    Object::freeze(state.unchecked_ref::<Object>());
    state
}

fn name_of(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Recovering => "recovering",
        Status::Paused => "paused",
        Status::QuotaExceeded => "quota-exceeded",
        Status::Closed => "closed",
    }
}
