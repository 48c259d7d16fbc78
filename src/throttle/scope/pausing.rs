//! Pauses: how they begin, grow and end, and the recovery after them.

use crate::throttle::action::{Action, Notice};
use crate::throttle::advice::{Outcome, PauseSource, RequestedDelay};
use crate::throttle::hold::{End, ManualPause, Pause};
use crate::throttle::random::UniformSample;
use crate::throttle::scope::Scope;
use crate::time::{Instant, Span};

/// The longest backoff while other clients share the limit: whoever waits longer takes up too late what they leave.
const LONGEST_SHARED: Span = Span::from_secs(8);

impl<T> Scope<T> {
    /// Pauses the scope by hand; without `duration`, until [`Scope::resume`].
    pub fn pause(&mut self, now: Instant, duration: Option<Span>) {
        self.wake(now);
        self.begin_pause(now, Pause::new(now, End::after(now, duration), PauseSource::Manual));
        self.wake(now);
    }

    /// Pauses a new scope as long as its client is paused by hand.
    pub fn join_pause(&mut self, now: Instant, pause: ManualPause) {
        if let Some(end) = pause.end(now) {
            self.begin_pause(now, Pause::new(now, end, PauseSource::Manual));
        }
    }

    /// Ends any pause by hand, and overrides the browser's report that there is no network. The recovery starts with
    /// one probe all the same.
    pub fn resume(&mut self, now: Instant) {
        if let Some(pause) = self.hold.resume() {
            self.recovery.released(now);
            self.announce_at_once();
            self.recover(now, pause);
        }
        self.reconnect(now);
        self.wake(now);
    }

    /// Pauses for a throttled response.
    pub(super) fn pause_for(&mut self, now: Instant, outcome: Outcome, sample: UniformSample) {
        let (delay, jitter, source) = match (outcome.requested(), self.hold.is_paused()) {
            // The first throttle without a requested delay decides the length of the pause, and draws the jitter.
            (None, true) => return,
            (Some(RequestedDelay { delay, source }), true) => (delay, Span::ZERO, source),
            (Some(RequestedDelay { delay, source }), false) => {
                let honoured = if self.pacer.is_in_company() {
                    self.backoff.honour_among_many(delay, sample)
                } else {
                    self.backoff.honour(delay, sample)
                };
                (honoured, honoured - delay, source)
            }
            (None, false) => {
                let longest = if self.pacer.is_in_company() { LONGEST_SHARED } else { Span::MAX };
                (self.backoff.next_within(longest, sample), Span::ZERO, outcome.backoff_source())
            }
        };
        self.begin_pause(now, Pause::new(now, End::At(now + delay), source).with_jitter(jitter));
    }

    /// Begins a pause, or extends the current one.
    pub(super) fn begin_pause(&mut self, now: Instant, pause: Pause) {
        if self.hold.is_closed() {
            return;
        }
        if let Some(tabs) = &mut self.tabs {
            tabs.paused();
        }
        if !self.hold.is_paused() {
            self.recovery.pause_began();
        }
        if let Some(notice) = self.hold.pause(now, pause) {
            self.actions.push_back(Action::Notify(notice));
            if !matches!(pause.source, PauseSource::Manual | PauseSource::AnotherTab) {
                self.announce_at_once();
            }
        }
        if let Some(rejection) = self.rejection(now) {
            self.reject_queued(rejection);
        }
    }

    /// Ends the pause if its time is over.
    pub(super) fn end_pause(&mut self, now: Instant) {
        if let Some(pause) = self.hold.wake(now) {
            self.recover(now, pause);
        }
    }

    fn recover(&mut self, now: Instant, pause: Pause) {
        self.recovery.pause_ended(now, pause.started);
        self.update_share(now);
        let was_requested = !matches!(pause.source, PauseSource::Backoff | PauseSource::Opaque);
        let unreported = self.tabs.as_mut().map_or(0, |tabs| tabs.resumed(now, pause.started));
        let length = now.since(pause.started);
        self.pacer.resumed(now, length, was_requested, self.queue.in_flight, unreported);
    }

    /// Records an accepted request, which ends the recovery's probing. Returns whether a probe was awaited.
    pub(super) fn end_probing(&mut self, now: Instant) -> bool {
        let paused = self.recovery.probe_accepted(now);
        self.actions.extend(paused.map(|paused| Action::Notify(Notice::Resumed { paused })));
        paused.is_some()
    }
}
