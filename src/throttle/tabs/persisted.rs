use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::throttle::tabs::message::SharedPause;
use crate::time::{Instant, Span};

/// What was last given out to be kept over a reload.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PersistedState {
    written_at: Option<Instant>,
    pause_end: Option<Instant>,
    most: f64,
    filling: Span,
}

/// How far apart two writings are at least that are not of a pause.
const EVERY: Span = Span::from_secs(1);
/// By how much a rate has to differ to be worth writing.
const NOTICEABLE: f64 = 0.05;
/// A pause that is shorter by less than this is the same. One that is longer is not: the next page would end it too soon.
const SAME: Span = Span::from_millis(250);

impl PersistedState {
    /// Something was kept from before.
    pub(crate) fn kept(&mut self, now: Instant, pause: Option<SharedPause>, limit: Option<LimitEstimate>) {
        *self = PersistedState {
            written_at: Some(now),
            pause_end: pause.map(|pause| pause.end),
            most: limit.map_or(0.0, |limit| limit.bounds.most),
            filling: limit.map_or(Span::ZERO, |limit| limit.filling),
        };
    }

    /// Whether this is worth writing down.
    pub(crate) fn is_outdated(
        &self,
        now: Instant,
        pause: Option<SharedPause>,
        limit: Option<LimitEstimate>,
    ) -> bool {
        let differs = match (self.pause_end, pause) {
            (None, None) => false,
            (Some(known), Some(pause)) => pause.end > known || known.since(pause.end) > SAME,
            _ => true,
        };
        let Some(written_at) = self.written_at else { return differs || limit.is_some() };
        let most = limit.map_or(0.0, |limit| limit.bounds.most);
        let since = now.since(written_at);
        let has_learned = (most - self.most).abs() > NOTICEABLE * self.most;
        // Who reads it takes the bucket to have been filling ever since.
        let is_emptier = limit.is_some_and(|limit| limit.overestimated_by(self.filling + since) > EVERY);
        differs || (since >= EVERY && (has_learned || is_emptier))
    }
}
