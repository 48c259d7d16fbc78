//! The estimate in a form that tabs share and a page persists.

use crate::throttle::limit::estimator::bounds::Bounds;
use crate::time::Span;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LimitEstimate {
    pub(crate) bounds: Bounds,
    /// Requests that a full bucket holds.
    pub(crate) capacity: Option<f64>,
    /// The time for which an empty bucket would have to refill to hold its present tokens.
    pub(crate) filling: Span,
}

impl LimitEstimate {
    /// The refill time that a reader credits too much if it assumes `filling`. A tenth of a full bucket is ignored.
    pub(crate) fn overestimated_by(&self, filling: Span) -> Span {
        filling.min(self.fill_time()) - self.filling - self.fill_time().scaled(0.1)
    }

    /// The time in which an empty bucket fills. A bucket of unknown capacity is taken to hold the refill of a second.
    fn fill_time(&self) -> Span {
        let capacity = self.capacity.unwrap_or(self.bounds.most.max(1.0));
        Span::from_secs_ceil(capacity / self.bounds.most)
    }

    /// The estimate after the bucket has refilled for `age` more.
    pub(crate) fn aged(self, age: Span) -> LimitEstimate {
        LimitEstimate { filling: (self.filling + age).min(self.fill_time()), ..self }
    }
}
