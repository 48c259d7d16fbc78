use super::bounds::per_sec;
use super::moment::Moment;
use crate::time::Instant;

/// A moment at which a refusal found the bucket empty, and what has happened since.
#[derive(Debug, Clone, Copy)]
pub(super) struct Empty {
    pub(super) at: Moment,
    /// When the pause ended that began with it.
    pub(super) resumed: Option<Instant>,
    /// Whether requests were paced after that pause, and not let out as fast as answers came in: a full bucket loses
    /// what comes in while they are not.
    pub(super) was_paced: bool,
    /// Requests that were admitted since.
    pub(super) admitted: u32,
    /// Requests that may have been admitted before, and are not counted.
    pub(super) unheard: f64,
    pub(super) refusal: Refusal,
}

/// What is known of a refusal besides when it was.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Refusal {
    /// Whether it came long before it was to be expected.
    pub(super) is_early: bool,
    /// Whether what is behind the gateway may be out of order, which is no limit.
    pub(super) is_outage: bool,
}

impl Empty {
    pub(super) fn found(at: Moment, refusal: Refusal) -> Empty {
        Empty { at, resumed: None, was_paced: false, admitted: 0, unheard: 0.0, refusal }
    }

    /// One more was admitted, and all that were no later than `by`. Returns at what rate they must have come in, at
    /// least.
    pub(super) fn accepted(&mut self, by: Moment) -> f64 {
        self.admitted += 1;
        let longest = by.secs_since(self.at) + self.at.slack + by.slack;
        per_sec(f64::from(self.admitted) - 1.0, longest)
    }
}
