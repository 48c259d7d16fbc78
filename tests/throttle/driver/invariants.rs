use std::collections::BTreeMap;

use api_service_client::throttle::{
    Limits, Notice, Rejection, Request, RequestedDelay, ScopeSnapshot, Status,
};
use api_service_client::time::{Instant, Span};

/// The properties that must hold after every step of every test.
pub(super) struct Invariants {
    limits: Limits,
    /// The state before the step; `None` if the step may end any pause.
    before: Option<ScopeSnapshot>,
    /// The end of the pause.
    paused_until: Option<Instant>,
    /// The time of the next probe of a used-up quota.
    quota_until: Option<Instant>,
    /// The latest time until which a throttled response has asked to wait.
    asked_until: Instant,
    /// The end of the time in which a suspicion may block the scope.
    suspicious_until: Instant,
    /// Pauses so far.
    pauses: u32,
    /// Whether no probe was accepted since the start of the last pause.
    is_probing: bool,
    /// The end of the time in which nothing is sent for want of a network.
    offline_until: Instant,
    /// The number of pauses before each request in flight was sent.
    sent_after: BTreeMap<u32, u32>,
    sent: u32,
    throttled: u32,
}

impl Invariants {
    pub(super) fn new(limits: Limits) -> Invariants {
        Invariants {
            limits,
            before: None,
            paused_until: None,
            quota_until: None,
            asked_until: Instant::START,
            suspicious_until: Instant::START,
            pauses: 0,
            is_probing: false,
            offline_until: Instant::START,
            sent_after: BTreeMap::new(),
            sent: 0,
            throttled: 0,
        }
    }

    /// A step begins.
    pub(super) fn begin(&mut self, before: &ScopeSnapshot) {
        // A used-up quota hides the pause that goes on beneath it, and so does a missing network.
        if before.status != Status::QuotaExceeded && !before.is_offline {
            self.paused_until = end_of_pause(before);
        }
        self.before = Some(*before);
    }

    /// Records a throttle.
    pub(super) fn throttled(&mut self, now: Instant, requested: Option<RequestedDelay>) {
        self.throttled += 1;
        self.suspicious_until = Instant::START;
        if let Some(requested) = requested {
            self.asked_until = self.asked_until.max(now + requested.delay);
        }
    }

    /// Records a suspicion.
    pub(super) fn suspected(&mut self, now: Instant) {
        self.suspicious_until = now + Span::from_secs(1);
    }

    /// Records that a person ends the pause, who alone may overrule the gateway.
    pub(super) fn released(&mut self) {
        self.connected();
        self.before = None;
        self.paused_until = None;
        self.asked_until = Instant::START;
    }

    /// Records a proof of a network.
    pub(super) fn connected(&mut self) {
        self.offline_until = Instant::START;
    }

    pub(super) fn noticed(&mut self, now: Instant, notice: Notice) {
        match notice {
            Notice::Throttled { delay, .. } => {
                assert!(!self.is_paused(now), "one notice for each pause");
                self.begin_pause();
                self.paused_until = Some(now + delay);
            }
            Notice::Extended { delay, .. } => {
                assert!(
                    self.paused_until.is_some_and(|end| now + delay > end),
                    "an extended pause is longer"
                );
                self.paused_until = Some(now + delay);
            }
            Notice::QuotaExceeded { next_probe } => {
                assert!(next_probe > now);
                self.begin_pause();
                // The pause, if there is one, goes on beneath it.
                self.quota_until = Some(next_probe);
            }
            Notice::Retry { .. } | Notice::Diagnosed => {}
            Notice::Offline => {
                assert!(now >= self.offline_until, "told once");
                self.offline_until = now + self.limits.max_pause;
                // Attempts sent before say nothing about the limit after the outage.
                self.pauses += 1;
            }
            Notice::Resumed { .. } => {
                assert!(self.is_probing && !self.is_paused(now), "resumed once for each pause that is over");
                self.is_probing = false;
            }
        }
    }

    pub(super) fn sent(&mut self, now: Instant, id: u32, attempt: u32) {
        self.sent += 1;
        assert!(!self.is_paused(now), "{id} leaves during a pause");
        assert!(now >= self.offline_until, "{id} leaves without a network");
        assert!(now >= self.asked_until, "{id} leaves before the gateway wants it to");
        assert!(now >= self.suspicious_until, "{id} leaves while an answer is suspect");
        assert!(self.quota_until.is_none_or(|at| now >= at), "{id} leaves while the quota is used up");
        assert!(attempt <= self.limits.max_attempts, "{id} leaves for the {attempt}th time");
        if self.is_probing {
            let is_alone = self.sent_after.values().all(|pauses| *pauses != self.pauses);
            assert!(is_alone, "{id} leaves while a probe is on the wire");
        }
        self.sent_after.insert(id, self.pauses);
    }

    /// Records the end of an attempt.
    pub(super) fn returned(&mut self, id: u32) {
        self.sent_after.remove(&id);
    }

    pub(super) fn rejected(&self, now: Instant, request: Request, called_at: Instant, rejection: Rejection) {
        match rejection {
            Rejection::QueueFull { limit } => assert_eq!(limit, self.limits.max_queue),
            Rejection::QueueTimeout { waited } => {
                assert_eq!(waited, now.since(called_at));
                assert!(
                    request.max_wait.is_some_and(|wait| waited >= wait),
                    "{waited:?} is too soon to give up"
                );
            }
            Rejection::PauseTooLong { resume_at } => assert!(resume_at.since(now) > self.limits.max_pause),
            Rejection::QuotaExceeded { next_probe } => assert_eq!(Some(next_probe), self.quota_until),
            Rejection::Closed | Rejection::Failed => {}
        }
    }

    /// The step is over.
    pub(super) fn hold(&mut self, after: &ScopeSnapshot, in_flight: usize, waiting: usize) {
        assert_eq!((after.in_flight as usize, after.queued as usize), (in_flight, waiting), "{after:?}");
        assert_eq!((after.sent, after.throttled), (self.sent, self.throttled), "{after:?}");
        assert!(after.in_flight <= self.limits.max_in_flight, "{after:?}");
        assert!(after.status == Status::Paused || after.resume_at.is_none(), "{after:?}");
        if after.status == Status::Open {
            assert!(
                !self.is_probing || self.quota_until.is_some(),
                "nothing opens without an accepted probe"
            );
            self.is_probing = false;
        }
        if after.status != Status::QuotaExceeded {
            self.quota_until = None;
        }
        let Some(before) = &self.before else { return };
        if before.is_offline {
            return;
        }
        if before.status == Status::Closed {
            assert_eq!(after.status, Status::Closed, "closed is closed");
        }
        if let (Some(before), Some(after)) = (end_of_pause(before), end_of_pause(after)) {
            assert!(after >= before, "a pause was shortened from {before:?} to {after:?}");
        }
    }

    fn begin_pause(&mut self) {
        self.is_probing = true;
        self.pauses += 1;
    }

    fn is_paused(&self, now: Instant) -> bool {
        self.paused_until.is_some_and(|end| now < end)
    }
}

/// The end of the pause in a snapshot; the end of time for a pause without an end.
fn end_of_pause(snapshot: &ScopeSnapshot) -> Option<Instant> {
    let forever = Instant::START + Span::MAX;
    (snapshot.status == Status::Paused).then(|| snapshot.resume_at.unwrap_or(forever))
}
