pub(crate) mod backoff;
pub(crate) mod pause;
pub(crate) mod quota;
pub(crate) mod server_budget;

use crate::throttle::action::Notice;
use crate::throttle::action::Rejection;
use crate::throttle::hold::pause::Pause;
use crate::throttle::hold::quota::Quota;
use crate::throttle::status::Status;
use crate::time::{Instant, Span};

/// What keeps everything of a scope from leaving. The reasons are laid over each other, so that the end of one is not
/// the end of another.
#[derive(Debug, Default)]
pub(crate) struct Hold {
    pause: Option<Pause>,
    quota: Option<Quota>,
    /// Until when an answer is looked into that may turn out to be a throttle.
    suspicion: Option<Instant>,
    /// Until when the browser is believed that there is no network.
    offline: Option<Instant>,
    /// Whether it was wrong about that, and has not said since that there is one.
    is_offline_overridden: bool,
    is_closed: bool,
}

/// Longest time for which a suspected throttle holds the scope. The body that settles it has some twenty bytes, but it may
/// hang.
const SUSPECT_FOR: Span = Span::from_secs(1);

/// Time to read that body: 0.1 s less, so that a late timer still settles the suspicion in time.
const READ_FOR: Span = Span::from_millis(900);

impl Hold {
    /// Whether nothing may leave, but for the probe of a used-up quota.
    pub(crate) fn holds(&self, now: Instant) -> bool {
        self.is_closed
            || self.pause.is_some()
            || self.suspicion.is_some()
            || self.offline.is_some()
            || self.quota.is_some_and(|quota| !quota.lets_probe(now))
    }

    /// Why nothing should wait any more, if so.
    pub(crate) fn rejection_of_waiting(&self, now: Instant, max_pause: Span) -> Option<Rejection> {
        if self.is_closed {
            return Some(Rejection::Closed);
        }
        if let Some(quota) = self.quota {
            return Some(Rejection::QuotaExceeded { next_probe: quota.next_probe });
        }
        let resume_at = self.pause?.is_too_long(now, max_pause)?;
        Some(Rejection::PauseTooLong { resume_at })
    }

    /// The most restrictive reason, and when it ends, where that is known.
    pub(crate) fn shows(&self) -> Option<(Status, Option<Instant>)> {
        if self.is_closed {
            Some((Status::Closed, None))
        } else if self.quota.is_some() {
            Some((Status::QuotaExceeded, None))
        } else if self.offline.is_some() {
            // When there is a network again nobody knows.
            Some((Status::Paused, None))
        } else {
            self.pause.map(|pause| (Status::Paused, pause.end_at()))
        }
    }

    /// Time has passed. Returns the pause that is over, if one is.
    pub(crate) fn wake(&mut self, now: Instant) -> Option<Pause> {
        self.suspicion = self.suspicion.filter(|until| now < *until);
        self.pause.take_if(|pause| pause.is_over(now))
    }

    /// When [`Hold::wake`] has to be called next.
    pub(crate) fn next_wake(&self) -> Option<Instant> {
        [self.pause.and_then(|pause| pause.end_at()), self.suspicion, self.offline]
            .into_iter()
            .flatten()
            .min()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Nothing leaves ever again.
    pub(crate) fn close(&mut self) {
        *self = Hold { quota: self.quota, is_closed: true, ..Hold::default() };
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.pause.is_some()
    }

    pub(crate) fn pause_left(&self, now: Instant) -> Span {
        self.pause.map_or(Span::ZERO, |pause| pause.left(now))
    }

    /// The pause as far as it concerns everyone who shares the limit: when it began, and when it ends.
    pub(crate) fn shared_pause(&self) -> Option<(Instant, Instant)> {
        self.pause.and_then(|pause| Some((pause.started, pause.shared_end?)))
    }

    /// Begins a pause, or extends the current one by it. Returns the notice that listeners should get.
    pub(crate) fn pause(&mut self, now: Instant, new: Pause) -> Option<Notice> {
        match &mut self.pause {
            Some(pause) => {
                pause.extend(new).then(|| Notice::Extended { delay: pause.left(now), source: pause.source })
            }
            None => {
                self.pause = Some(new);
                Some(Notice::Throttled { delay: new.left(now), source: new.source })
            }
        }
    }

    /// Ends the pause. Returns it, if there was one.
    pub(crate) fn resume(&mut self) -> Option<Pause> {
        self.pause.take()
    }

    /// There is no network, and for at most `longest` nobody tries. Returns whether that is news.
    pub(crate) fn go_offline(&mut self, now: Instant, longest: Span) -> bool {
        let is_news = self.offline.is_none() && !self.is_offline_overridden && !self.is_closed;
        if is_news {
            self.offline = Some(now + longest);
        }
        is_news
    }

    /// There is a network, whatever the browser says. Returns whether that is news.
    pub(crate) fn override_offline(&mut self) -> bool {
        let is_news = self.offline.take().is_some();
        // Not `|= is_news`: rustc 1.95 forgets to compute what is used once more before an `if` (rust-lang/rust#158206).
        if is_news {
            self.is_offline_overridden = true;
        }
        is_news
    }

    /// The browser says that there is a network: what it says next is news.
    pub(crate) fn trust_offline(&mut self) {
        self.is_offline_overridden = false;
    }

    pub(crate) fn is_offline(&self) -> bool {
        self.offline.is_some()
    }

    /// Whether the browser was believed for long enough.
    pub(crate) fn offline_is_over(&self, now: Instant) -> bool {
        self.offline.is_some_and(|until| now >= until)
    }

    /// Holds the scope while the body of a response is read. Returns the time to read it.
    pub(crate) fn suspect(&mut self, now: Instant) -> Span {
        self.suspicion = Some(now + SUSPECT_FOR);
        READ_FOR
    }

    /// What was looked into is settled.
    pub(crate) fn settle(&mut self) {
        self.suspicion = None;
    }

    /// A quota is used up, or still is if the answer `is_current`. Returns when it is tried next, if that is news.
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

    /// The quota was seen to be renewed.
    pub(crate) fn quota_renewed(&mut self) {
        self.quota = None;
    }
}
