//! The state that was persisted last, to tell if it is outdated.

use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::tabs::message::ScopeReport;
use crate::time::{Instant, Span};

/// The state that was persisted last.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PersistedState {
    written_at: Option<Instant>,
    pause_end: Option<Instant>,
    limit: Option<LimitEstimate>,
}

/// The shortest time between two writes, unless a pause changes.
const WRITE_INTERVAL: Span = Span::from_secs(1);
/// The relative change of the rate that is worth a write.
const NOTICEABLE_CHANGE: f64 = 0.05;
/// A pause that is shorter by less than this is not written. A longer pause always is, or the next page would end it
/// too early.
const SAME_PAUSE_END: Span = Span::from_millis(250);

impl PersistedState {
    /// Records that this state is persisted now.
    pub(crate) fn update(&mut self, now: Instant, report: &ScopeReport) {
        let pause_end = report.pause.map(|pause| pause.end);
        *self = PersistedState { written_at: Some(now), pause_end, limit: report.limit };
    }

    /// Whether this state is worth a write.
    pub(crate) fn is_outdated(&self, now: Instant, report: &ScopeReport) -> bool {
        let differs = match (self.pause_end, report.pause) {
            (None, None) => false,
            (Some(known), Some(pause)) => pause.end > known || known.since(pause.end) > SAME_PAUSE_END,
            _ => true,
        };
        let Some(written_at) = self.written_at else { return differs || report.limit.is_some() };
        let since = now.since(written_at);
        differs || (since >= WRITE_INTERVAL && self.is_estimate_outdated(since, report.limit))
    }

    fn is_estimate_outdated(&self, since: Span, limit: Option<LimitEstimate>) -> bool {
        let rate = |limit: Option<LimitEstimate>| limit.map_or(0.0, |limit| limit.bounds.most);
        let filling = self.limit.map_or(Span::ZERO, |limit| limit.filling);
        let has_changed = (rate(limit) - rate(self.limit)).abs() > NOTICEABLE_CHANGE * rate(self.limit);
        // The reader takes the bucket to have filled ever since.
        has_changed || limit.is_some_and(|limit| limit.overestimated_by(filling + since) > WRITE_INTERVAL)
    }
}
