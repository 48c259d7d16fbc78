use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::Limit;
use crate::throttle::limit::Pacer;
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::limit::share::Share;
use crate::throttle::limit::token_bucket::TokenBucket;
use crate::time::{Instant, Span};

/// A bucket that holds less cannot take what several tabs happen to send at the same moment.
const SMALL: f64 = 4.0;
/// The shortest turn, where tabs take turns.
const SHORTEST_TURN: Span = Span::from_secs(1);

/// What other tabs see of the same limit, and what they leave of it.
impl Pacer {
    /// The other tabs want more or less than before.
    pub(crate) fn shares(&mut self, now: Instant, in_flight: u32, share: Share) {
        if share != self.share {
            self.share = share;
            self.refill(now, in_flight);
        }
    }

    /// Another tab's request was accepted. It tells of that a little late, after what this tab has seen meanwhile.
    pub(crate) fn accepted_elsewhere(&mut self, now: Instant, at: DecisionTime, is_current: bool) {
        if let Limit::Known(bucket) = &mut self.limit
            && self.estimator.is_since_empty(at)
        {
            bucket.taken_elsewhere();
        }
        self.admitted(now, at, DecisionTime::exactly(now), is_current);
    }

    /// Another tab was throttled.
    pub(crate) fn throttled_externally(&mut self, at: DecisionTime) {
        match self.estimator.awaits_conclusion() {
            Some(true) => self.estimator.throttled_again(at),
            Some(false) if self.resumed.is_some_and(|resumed| at.sent_at() < resumed) => {}
            _ => self.refused(at, false),
        }
    }

    /// More was admitted in other tabs than they tell of: what was counted so far is too little.
    pub(crate) fn lose_count(&mut self, now: Instant) {
        self.estimator.count_from_now(now);
        if let Limit::Known(bucket) = &mut self.limit {
            bucket.run_dry();
        }
    }

    /// What is known of the limit.
    pub(crate) fn knows(&self) -> Option<LimitEstimate> {
        let (Limit::Known(bucket), bounds) = (&self.limit, self.estimator.bounds()) else { return None };
        if !bounds.is_known() {
            return None;
        }
        let capacity = self.estimator.capacity(bounds.most);
        Some(LimitEstimate { bounds, capacity, filling: Span::from_secs_ceil(bucket.level() / bounds.most) })
    }

    /// Another tab knows the limit, or this one did before it was reloaded. Only who has met none believes it.
    pub(crate) fn learn(&mut self, now: Instant, told: LimitEstimate) {
        if self.limit != Limit::Unmet {
            return;
        }
        self.estimator.told(now, told);
        let rate = self.estimate();
        let burst = self.estimator.capacity(rate).unwrap_or(rate.max(1.0));
        let tokens = (told.filling.as_secs() * rate).min(burst);
        let own = self.share.own();
        self.limit = Limit::Known(TokenBucket::new(rate, burst, tokens, now).shared(own, tokens * own));
    }

    /// Where nothing is saved up, what two tabs send at the same time is refused, however seldom that is: they take
    /// turns, from the last moment on that all of them know. Returns when it is this tab's turn, if it is not.
    pub(crate) fn next_turn(&self, now: Instant) -> Option<Instant> {
        let empty = self.estimator.last_empty().filter(|_| self.takes_turns())?;
        // The first of a turn leaves a token's time after what may have been the last of the turn before.
        let token = Span::from_secs_ceil(1.0 / self.estimate());
        let mut length = SHORTEST_TURN;
        while length < token.scaled(4.0) {
            length = length + length;
        }
        let since = now.since(empty);
        let wait = self.share.until_turn(since, length);
        let begun = self.share.until_turn(since - token, length);
        (wait.max(begun) > Span::ZERO).then(|| now + wait.max(begun.min(token)))
    }

    /// The part of what comes in that is in this tab's purse.
    pub(crate) fn own(&self) -> f64 {
        if self.takes_turns() { 1.0 } else { self.share.own() }
    }

    /// Whether only one tab sends at a time, at the whole pace.
    pub(crate) fn takes_turns(&self) -> bool {
        let tabs = f64::from(self.share.tabs);
        let is_small = || self.estimator.capacity(self.estimate()).is_some_and(|capacity| capacity < SMALL);
        matches!(self.limit, Limit::Known(_)) && tabs > 1.0 && (self.is_unsaving || is_small())
    }
}
