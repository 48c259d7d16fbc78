use crate::throttle::advice::PauseSource;
use crate::throttle::decision_time::DecisionTime;
use crate::throttle::hold::pause::{End, Pause};
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::scope::Scope;
use crate::throttle::tabs::SAME_END;
use crate::throttle::tabs::Tabs;
use crate::throttle::tabs::message::Decision;
use crate::throttle::tabs::message::Decisions;
use crate::throttle::tabs::message::ScopeReport;
use crate::throttle::tabs::message::SharedPause;
use crate::throttle::tabs::message::TabMessage;
use crate::time::{Instant, Span};

/// A word is no older when it arrives: what says more was posted by a clock that was set since.
const OLDEST: Span = Span::from_secs(5);
/// What is known of a limit is forgotten after so long.
const FORGET_LIMIT: Span = Span::from_secs(600);

/// What is shared with the other tabs, and kept over a reload.
///
/// A word is a list of numbers. Whoever drives the scope posts it, and hands in what others have posted; a memory is
/// kept and handed in likewise. Neither is trusted: what comes in can hold the scope back, for no longer than anyone
/// should wait, and can end or shorten no pause.
impl<T> Scope<T> {
    /// Shares what it sees with the other tabs from now on. The number tells this tab from every other.
    pub fn join_tabs(&mut self, id: u32) {
        self.tabs = Some(Tabs::new(id));
    }

    /// What another tab has said, `age` ago. Anything but a word is ignored.
    pub fn receive_message(&mut self, now: Instant, age: Span, word: &[f64]) {
        let Some(word) = TabMessage::read(now, age.min(OLDEST), word, self.limits.max_pause) else { return };
        // Nothing leaves before it is known what the word says.
        self.end_pause(now);
        let shown = self.shown();
        let Some(news) = self.tabs.as_mut().and_then(|tabs| tabs.hear(now, &word, shown)) else {
            return self.wake(now);
        };
        self.share(now);
        let ScopeReport { pause, consecutive, limit, .. } = word.shown;
        self.learn(now, limit);
        if news.answers > word.answers.latest.len() {
            self.pacer.discard_counts(now);
        }
        self.pause_with(now, pause, consecutive);
        // First what was refused: what was admitted later counts from then on.
        for is_throttle in [true, false] {
            let new = word.answers.latest.iter().take(news.answers).rev();
            for answer in new.filter(|answer| answer.is_throttle == is_throttle) {
                self.answered_elsewhere(now, *answer);
            }
        }
        self.wake(now);
    }

    /// What the other tabs should be told now, if anything; asked for whenever the scope's actions are carried out.
    pub fn take_message(&mut self, now: Instant) -> Option<Vec<f64>> {
        let shown = self.shown();
        let tabs = self.tabs.as_mut().filter(|_| !self.hold.is_closed())?;
        let is_due = tabs.due(now, shown.demand, shown.on_wire).is_some_and(|at| at <= now);
        let message = is_due.then(|| tabs.post(now, shown).write(now))?;
        // A message can ask for the demand of the other tabs. Until they reply, the share of this tab is smaller.
        self.advance(now);
        Some(message)
    }

    /// What should survive a reload, if that has changed; an empty list if there is nothing. Asked for whenever the
    /// scope's actions are carried out.
    pub fn take_persisted(&mut self, now: Instant) -> Option<Vec<f64>> {
        let shown = self.shown();
        if !self.memory.is_outdated(now, shown.pause, shown.limit) {
            return None;
        }
        self.memory.kept(now, shown.pause, shown.limit);
        if shown.pause.is_none() && shown.limit.is_none() {
            return Some(Vec::new());
        }
        Some(
            TabMessage { id: 0, number: 0, said_at: now, asks: false, shown, answers: Decisions::default() }
                .write(now),
        )
    }

    /// A memory of before, written `age` ago; told before anything is called. It is believed for its age: a pause ends
    /// when it would have, and what is known of the limit is forgotten after ten minutes.
    pub fn restore(&mut self, now: Instant, age: Span, memory: &[f64]) {
        let Some(word) = TabMessage::read(now, age, memory, self.limits.max_pause) else { return };
        let ScopeReport { pause, consecutive, limit, .. } = word.shown;
        let limit = limit.filter(|_| age < FORGET_LIMIT);
        self.memory.kept(now, pause, limit);
        self.learn(now, limit);
        self.pause_with(now, pause, consecutive);
        self.wake(now);
    }

    /// When the other tabs should be told something, if nothing else happens before.
    pub(crate) fn next_word(&self, now: Instant) -> Option<Instant> {
        self.tabs.as_ref().filter(|_| !self.hold.is_closed())?.due(
            now,
            self.demand(),
            self.queue.in_flight.into(),
        )
    }

    /// Until when something waits for what the other tabs say that they want.
    pub(crate) fn listens_until(&self, now: Instant) -> Option<Instant> {
        self.tabs.as_ref().filter(|_| self.queue.waiting > 0)?.listens_until(now)
    }

    /// A request is about to be called.
    pub(crate) fn turns_busy(&mut self, now: Instant) {
        if self.demand() == 0.0
            && let Some(tabs) = &mut self.tabs
        {
            tabs.turns_busy(now);
        }
    }

    /// One of this tab's own requests was answered.
    pub(crate) fn tell_answer(&mut self, at: DecisionTime, is_throttle: bool) {
        if let Some(tabs) = &mut self.tabs {
            tabs.answered(Decision { at, is_throttle });
        }
    }

    /// Others should hear at once of what has just become of the pause.
    pub(crate) fn tell_at_once(&mut self) {
        if let Some(tabs) = &mut self.tabs {
            tabs.tell_at_once();
        }
    }

    /// Takes this tab's part of what all may do.
    pub(crate) fn share(&mut self, now: Instant) {
        if let Some(tabs) = &self.tabs {
            self.pacer.set_share(now, self.queue.in_flight, tabs.share(now, self.demand()));
        }
    }

    /// Another tab's request was answered. If it was accepted, and sent after the pause, it has reachability_checked for all.
    fn answered_elsewhere(&mut self, now: Instant, answer: Decision) {
        let Decision { at, is_throttle } = answer;
        if is_throttle {
            return self.pacer.throttled_by_peer(at);
        }
        let is_since = self.resumed_at.is_none_or(|resumed| at.sent_at() + SAME_END >= resumed);
        let is_current = is_since && !self.hold.is_paused();
        if is_current {
            self.backoff.reset();
            self.has_probed(now);
        }
        self.pacer.accepted_by_peer(now, at, is_current);
    }

    fn learn(&mut self, now: Instant, limit: Option<LimitEstimate>) {
        if let Some(limit) = limit {
            self.pacer.learn(now, limit);
            if let Some(tabs) = &mut self.tabs {
                tabs.met_limit();
            }
        }
    }

    fn demand(&self) -> f64 {
        f64::from(self.queue.waiting) + f64::from(self.queue.in_flight)
    }

    fn shown(&self) -> ScopeReport {
        let pause = self.hold.shared_pause().map(|(began, end)| SharedPause { began, end });
        ScopeReport {
            demand: self.demand(),
            on_wire: self.queue.in_flight.into(),
            pause,
            consecutive: self.backoff.consecutive,
            limit: self.pacer.limit_estimate(),
        }
    }

    /// Pauses with a tab that does.
    fn pause_with(&mut self, now: Instant, pause: Option<SharedPause>, consecutive: u32) {
        let Some(SharedPause { began, end }) = pause else { return };
        // A person has ended that one here.
        let is_over = self.released_at.is_some_and(|released| began <= released);
        if is_over || end.since(now) <= self.hold.pause_left(now) + SAME_END {
            return;
        }
        self.backoff.consecutive = self.backoff.consecutive.max(consecutive.min(MOST_CONSECUTIVE));
        self.begin_pause(now, Pause::new(began, End::At(end), PauseSource::AnotherTab));
    }
}

/// The longest backoff is reached by then, whatever its base.
const MOST_CONSECUTIVE: u32 = 32;
