use super::clock::Clock;
use crate::throttle::{Action, Notice, PauseSource, Rejection, Scope, ScopeSnapshot, Status};
use crate::time::{Instant, Span};

/// What is to be done next; the same numbers stand in `lane.js`.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Nothing = 0,
    Send = 1,
    Reject = 2,
    Throttled = 3,
    Extended = 4,
    Resumed = 5,
    Retry = 6,
    QuotaExceeded = 7,
}

/// What the other half has to know besides: numbers in an order that is agreed upon. What is absent is NaN.
pub(super) struct Report([f64; 7]);

impl Report {
    pub(super) const fn empty() -> Report {
        Report([f64::NAN; 7])
    }

    fn of<const N: usize>(values: [f64; N]) -> Report {
        let mut report = Report::empty();
        for (slot, value) in report.0.iter_mut().zip(values) {
            *slot = value;
        }
        report
    }

    /// What is to be done, unless nobody is left to do it for: one that was aborted since it was decided to send it is
    /// not there any more.
    pub(super) fn action(action: &Action<u32>, scope: &Scope<u32>, clock: &Clock) -> Option<(Kind, Report)> {
        let snapshot = scope.snapshot();
        Some(match *action {
            Action::Send(ticket) => (Kind::Send, Report::of([f64::from(*scope.payload(ticket)?)])),
            Action::Reject(call, rejection) => (Kind::Reject, Report::rejection(call, rejection, clock)),
            Action::Notify(Notice::Throttled { delay, source }) => {
                (Kind::Throttled, Report::pause(delay, source, &snapshot, clock))
            }
            Action::Notify(Notice::Extended { delay, source }) => {
                (Kind::Extended, Report::pause(delay, source, &snapshot, clock))
            }
            Action::Notify(Notice::Resumed { paused }) => {
                (Kind::Resumed, Report::of([millis(paused), f64::from(snapshot.queued)]))
            }
            Action::Notify(Notice::Retry { ticket, attempt, delay }) => {
                let call = f64::from(*scope.payload(ticket)?);
                (Kind::Retry, Report::of([call, f64::from(attempt), millis(delay)]))
            }
            Action::Notify(Notice::QuotaExceeded { next_probe }) => {
                (Kind::QuotaExceeded, Report::of([clock.epoch_millis(next_probe)]))
            }
        })
    }

    /// A call that ends: which, why, and the number that the error tells.
    pub(super) fn rejection(call: u32, rejection: Rejection, clock: &Clock) -> Report {
        let (kind, number) = match rejection {
            Rejection::QueueFull { limit } => (0.0, f64::from(limit)),
            Rejection::QueueTimeout { waited } => (1.0, millis(waited)),
            Rejection::PauseTooLong { resume_at } => (2.0, clock.epoch_millis(resume_at)),
            Rejection::QuotaExceeded { next_probe } => (3.0, clock.epoch_millis(next_probe)),
            Rejection::Closed => (4.0, f64::NAN),
        };
        Report::of([f64::from(call), kind, number])
    }

    /// A pause: how long, why, until when, and how many wait.
    pub(super) fn pause(delay: Span, source: PauseSource, snapshot: &ScopeSnapshot, clock: &Clock) -> Report {
        let source = match source {
            PauseSource::RetryAfter => 0.0,
            PauseSource::RateLimitHeader => 1.0,
            PauseSource::Backoff => 2.0,
            PauseSource::Manual => 3.0,
        };
        let end = date(snapshot.resume_at, clock, f64::INFINITY);
        Report::of([millis(delay), source, end, f64::from(snapshot.queued)])
    }

    /// What a scope shows of itself.
    pub(super) fn snapshot(snapshot: &ScopeSnapshot, clock: &Clock) -> Report {
        let status = match snapshot.status {
            Status::Open => 0.0,
            Status::Recovering => 1.0,
            Status::Paused => 2.0,
            Status::QuotaExceeded => 3.0,
            Status::Closed => 4.0,
        };
        Report::of([
            status,
            date(snapshot.resume_at, clock, f64::NAN),
            f64::from(snapshot.queued),
            f64::from(snapshot.in_flight),
            snapshot.rate.unwrap_or(f64::NAN),
            f64::from(snapshot.sent),
            f64::from(snapshot.throttled),
        ])
    }

    pub(super) fn value(&self, index: u32) -> f64 {
        self.0.get(index as usize).copied().unwrap_or(f64::NAN)
    }
}

fn date(moment: Option<Instant>, clock: &Clock, absent: f64) -> f64 {
    moment.map_or(absent, |moment| clock.epoch_millis(moment))
}

/// A length of time; without an end it is infinite.
pub(super) fn millis(span: Span) -> f64 {
    if span == Span::MAX { f64::INFINITY } else { span.as_js_millis() }
}
