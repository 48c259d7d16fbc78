//! The gate of a scope: all reasons for which nothing is sent, whatever the limit admits.

mod backoff;
mod pause;
mod quota;
mod server_budget;

use crate::throttle::action::{Notice, Rejection};
pub use crate::throttle::hold::backoff::{Backoff, Jitter};
pub use crate::throttle::hold::pause::ManualPause;
pub(crate) use crate::throttle::hold::pause::{End, Pause};
use crate::throttle::hold::quota::Quota;
pub use crate::throttle::hold::server_budget::Budget;
pub(crate) use crate::throttle::hold::server_budget::ServerBudget;
use crate::throttle::status::Status;
use crate::time::{Instant, Span};

/// The reasons for which a scope sends nothing. Each ends by itself, independently of the others.
#[derive(Debug, Default)]
pub(crate) struct Hold {
    pause: Option<Pause>,
    quota: Option<Quota>,
    /// The end of the time in which a body is read that may turn out to be a throttle.
    suspicion: Option<Instant>,
    /// The end of the time in which the browser's report of no network is believed.
    offline: Option<Instant>,
    /// Whether the report was wrong, and the browser has not reported a network since.
    is_offline_overridden: bool,
    is_closed: bool,
}

/// The longest time that a suspicion blocks the scope. The body is some twenty bytes, but its transfer can hang.
const MAX_SUSPICION_TIME: Span = Span::from_secs(1);
/// The longest time to read the body: 0.1 s less, so that a late timer still ends the suspicion in time.
const MAX_READ_TIME: Span = Span::from_millis(900);

impl Hold {
    /// Whether nothing may be sent, except for the probe of a used-up quota.
    pub(crate) fn blocks(&self, now: Instant) -> bool {
        self.is_closed
            || self.pause.is_some()
            || self.suspicion.is_some()
            || self.offline.is_some()
            || self.quota.is_some_and(|quota| !quota.allows_probe(now))
    }

    /// Returns the reason to reject requests instead of queueing them.
    pub(crate) fn rejection(&self, now: Instant, max_pause: Span) -> Option<Rejection> {
        if self.is_closed {
            return Some(Rejection::Closed);
        }
        if let Some(quota) = self.quota {
            return Some(Rejection::QuotaExceeded { next_probe: quota.next_probe });
        }
        let resume_at = self.pause?.is_too_long(now, max_pause)?;
        Some(Rejection::PauseTooLong { resume_at })
    }

    /// Returns the status of the most restrictive reason, and its end, if it is known.
    pub(crate) fn status(&self) -> Option<(Status, Option<Instant>)> {
        if self.is_closed {
            Some((Status::Closed, None))
        } else if self.quota.is_some() {
            Some((Status::QuotaExceeded, None))
        } else if self.offline.is_some() {
            Some((Status::Paused, None))
        } else {
            self.pause.map(|pause| (Status::Paused, pause.end_at()))
        }
    }

    /// Ends the suspicion and the pause if their time is over. Returns the pause that has ended.
    pub(crate) fn wake(&mut self, now: Instant) -> Option<Pause> {
        self.suspicion = self.suspicion.filter(|until| now < *until);
        self.pause.take_if(|pause| pause.is_over(now))
    }

    /// Returns the earliest end of a reason.
    pub(crate) fn next_wake(&self) -> Option<Instant> {
        [self.pause.and_then(|pause| pause.end_at()), self.suspicion, self.offline]
            .into_iter()
            .flatten()
            .min()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Blocks for ever.
    pub(crate) fn close(&mut self) {
        *self = Hold { quota: self.quota, is_closed: true, ..Hold::default() };
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.pause.is_some()
    }

    pub(crate) fn pause_left(&self, now: Instant) -> Span {
        self.pause.map_or(Span::ZERO, |pause| pause.left(now))
    }

    /// Returns the begin and the end of the pause, without what a person has added.
    pub(crate) fn shared_pause(&self) -> Option<(Instant, Instant)> {
        self.pause.and_then(|pause| Some((pause.started, pause.shared_end?)))
    }

    /// Begins a pause, or extends the current one. Returns the notice for the listeners.
    pub(crate) fn pause(&mut self, now: Instant, new: Pause) -> Option<Notice> {
        let Some(pause) = &mut self.pause else {
            self.pause = Some(new);
            return Some(Notice::Throttled { delay: new.left(now), source: new.source });
        };
        let is_news = pause.extend(new);
        is_news.then(|| Notice::Extended { delay: pause.left(now), source: pause.source })
    }

    /// Ends the pause. Returns it, if there was one.
    pub(crate) fn resume(&mut self) -> Option<Pause> {
        self.pause.take()
    }

    /// Takes the browser's report of no network, believed for `longest`. Returns whether it changes anything.
    pub(crate) fn go_offline(&mut self, now: Instant, longest: Span) -> bool {
        let is_news = self.offline.is_none() && !self.is_offline_overridden && !self.is_closed;
        if is_news {
            self.offline = Some(now + longest);
        }
        is_news
    }

    /// Overrides the browser's report of no network. Returns whether it changes anything.
    pub(crate) fn override_offline(&mut self) -> bool {
        let is_news = self.offline.take().is_some();
        // Not `|= is_news`: rustc 1.95 forgets to compute what is used once more before an `if` (rust-lang/rust#158206).
        if is_news {
            self.is_offline_overridden = true;
        }
        is_news
    }

    /// Takes the browser's report of a network, so that its next report of none is believed.
    pub(crate) fn trust_offline(&mut self) {
        self.is_offline_overridden = false;
    }

    pub(crate) fn is_offline(&self) -> bool {
        self.offline.is_some()
    }

    /// Whether the report of no network is no longer believed.
    pub(crate) fn offline_is_over(&self, now: Instant) -> bool {
        self.offline.is_some_and(|until| now >= until)
    }

    /// Blocks while a body is read that may turn out to be a throttle. Returns the time to read it.
    pub(crate) fn suspect(&mut self, now: Instant) -> Span {
        self.suspicion = Some(now + MAX_SUSPICION_TIME);
        MAX_READ_TIME
    }

    /// Ends the suspicion.
    pub(crate) fn settle(&mut self) {
        self.suspicion = None;
    }

    /// Records a used-up quota; `is_current` if the request was sent after the last one. Returns the time of the next
    /// probe, if it changes.
    pub(crate) fn meet_quota(&mut self, now: Instant, is_current: bool) -> Option<Instant> {
        let quota = match self.quota {
            _ if self.is_closed => return None,
            Some(_) if !is_current => return None,
            Some(quota) => quota.still_exceeded(now),
            None => Quota::exceeded(now),
        };
        Some(self.quota.insert(quota).next_probe)
    }

    pub(crate) fn quota(&mut self) -> Option<&mut Quota> {
        self.quota.as_mut()
    }

    pub(crate) fn quota_renewed(&mut self) {
        self.quota = None;
    }
}
