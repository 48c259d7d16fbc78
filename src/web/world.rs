use core::cell::RefCell;

use super::lane::Lane;
use super::report::Report;
use crate::throttle::Scope;
use crate::throttle::slots::Slots;
use crate::time::Instant;

/// The scopes of every client, and the numbers that are handed out.
pub(super) struct World {
    pub(super) lanes: Slots<Lane>,
    pub(super) report: Report,
}

struct OneThread(RefCell<World>);

// SAFETY: WebAssembly that is built without threads has one.
unsafe impl Sync for OneThread {}

static WORLD: OneThread = OneThread(RefCell::new(World { lanes: Slots::new(), report: Report::empty() }));

/// Whoever is asked here calls no JavaScript but the two clocks, so that nobody ever comes back in. Not generic, and
/// never inlined: the package would hold it as often as there are questions.
#[inline(never)]
fn world(ask: &mut dyn FnMut(&mut World)) {
    if let Ok(mut world) = WORLD.0.try_borrow_mut() {
        ask(&mut world);
    }
}

pub(super) fn with_world<R: Default>(ask: impl FnOnce(&mut World) -> R) -> R {
    let (mut ask, mut answer) = (Some(ask), R::default());
    world(&mut |world| {
        if let Some(ask) = ask.take() {
            answer = ask(world);
        }
    });
    answer
}

#[inline(never)]
fn lane(number: u32, ask: &mut dyn FnMut(&mut Lane, Instant)) {
    with_world(|world| {
        if let Some(lane) = world.lanes.get_mut(number) {
            let now = lane.clock.now();
            ask(lane, now);
        }
    });
}

/// Changes a scope, at the time that it is.
pub(super) fn with_scope<R: Default>(number: u32, change: impl FnOnce(&mut Scope<u32>, Instant) -> R) -> R {
    let (mut change, mut answer) = (Some(change), R::default());
    lane(number, &mut |lane, now| {
        if let Some(change) = change.take() {
            answer = change(&mut lane.scope, now);
        }
    });
    answer
}
