use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::per_sec;
use crate::time::Instant;

/// A moment at which a refusal found the bucket empty, and what has happened since.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Depletion {
    pub(crate) at: DecisionTime,
    /// When the pause ended that began with it.
    pub(crate) resumed: Option<Instant>,
    /// Whether requests were paced after that pause, and not let out as fast as answers came in: a full bucket loses
    /// what comes in while they are not.
    pub(crate) was_paced: bool,
    /// Requests that were admitted since.
    pub(crate) admitted: u32,
    /// Requests that may have been admitted before, and are not counted.
    pub(crate) unheard: f64,
    pub(crate) refusal: RefusalContext,
}

/// What is known of a refusal besides when it was.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RefusalContext {
    /// Whether it came long before it was to be expected.
    pub(crate) is_early: bool,
    /// Whether what is behind the gateway may be out of order, which is no limit.
    pub(crate) is_outage: bool,
}

impl Depletion {
    pub(crate) fn found(at: DecisionTime, refusal: RefusalContext) -> Depletion {
        Depletion { at, resumed: None, was_paced: false, admitted: 0, unheard: 0.0, refusal }
    }

    /// One more was admitted, and all that were no later than `by`. Returns at what rate they must have come in, at
    /// least.
    pub(crate) fn accepted(&mut self, by: DecisionTime) -> f64 {
        self.admitted += 1;
        let longest = by.secs_since(self.at) + self.at.uncertainty + by.uncertainty;
        per_sec(f64::from(self.admitted) - 1.0, longest)
    }
}
