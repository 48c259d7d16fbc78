use super::clock::Clock;
use super::wake::Wake;
use crate::throttle::{Backoff, Limits, Plan, Scope, Status};

/// A scope, its time, and the timer that it is woken by. The other half knows a call by a number of its own.
pub(super) struct Lane {
    pub(super) scope: Scope<u32>,
    pub(super) clock: Clock,
    pub(super) wake: Wake,
    recipe: Recipe,
}

/// What a scope is made of.
#[derive(Clone, Copy)]
pub(super) struct Recipe {
    pub(super) limits: Limits,
    pub(super) backoff: Backoff,
    pub(super) plan: Option<Plan>,
}

impl Lane {
    pub(super) fn new(recipe: Recipe, clock: Clock) -> Lane {
        let Recipe { limits, backoff, plan } = recipe;
        Lane { scope: Scope::new(limits, backoff, plan), clock, wake: Wake::default(), recipe }
    }

    /// One like it, as far as a person has changed it: held until then, or closed.
    pub(super) fn another(&mut self) -> Lane {
        let now = self.clock.now();
        let mut lane = Lane::new(self.recipe, self.clock);
        let snapshot = self.scope.snapshot();
        match snapshot.status {
            Status::Closed => lane.scope.close(),
            Status::Paused if snapshot.resume_at.is_none_or(|end| end > now) => {
                lane.scope.pause(now, snapshot.resume_at.map(|end| end.since(now)));
            }
            _ => {}
        }
        lane
    }
}
