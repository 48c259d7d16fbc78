//! Turns of the tabs: with a small bucket, only one tab sends at a time.

use crate::throttle::limit::Pacer;
use crate::throttle::limit::model::Limit;
use crate::time::{Instant, Span};

/// A smaller bucket cannot take the requests that several tabs send at the same moment.
const MIN_SHARED_CAPACITY: f64 = 4.0;
const MIN_TURN: Span = Span::from_secs(1);

impl Pacer {
    /// The beginning of this tab's next turn, if the tabs take turns and it is not this tab's. Turns are counted from the
    /// last depletion, which all tabs know.
    pub(super) fn next_turn(&self, now: Instant) -> Option<Instant> {
        let depleted = self.estimator.last_depleted().filter(|_| self.takes_turns())?;
        // The last request of the turn before may have left at its very end. So the first one waits for a token.
        let token = Span::from_secs_ceil(1.0 / self.estimate());
        let mut turn = MIN_TURN;
        while turn < token.scaled(4.0) {
            turn = turn + turn;
        }
        let elapsed = now.since(depleted);
        let wait = self.share.until_turn(elapsed, turn);
        let wait_with_gap = self.share.until_turn(elapsed - token, turn);
        (wait.max(wait_with_gap) > Span::ZERO).then(|| now + wait.max(wait_with_gap.min(token)))
    }

    /// The part of the refill that this tab may spend: all of it during its turn.
    pub(super) fn own_share(&self) -> f64 {
        if self.takes_turns() { 1.0 } else { self.share.own() }
    }

    pub(super) fn takes_turns(&self) -> bool {
        let is_small = || {
            self.estimator.capacity(self.estimate()).is_some_and(|capacity| capacity < MIN_SHARED_CAPACITY)
        };
        matches!(self.limit, Limit::Learned(_)) && self.share.tabs > 1 && (self.saves_no_tokens || is_small())
    }
}
