//! What the estimator knows, in a form that can be shared and stored.

use crate::throttle::limit::estimator::bounds::Bounds;
use crate::time::Span;

/// What is known of the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LimitEstimate {
    pub(crate) bounds: Bounds,
    /// Requests that a full bucket holds.
    pub(crate) capacity: Option<f64>,
    /// For how long the bucket has been filling.
    pub(crate) filling: Span,
}

impl LimitEstimate {
    /// By how much longer than it really has it would have been filling by so much, had nobody sent anything; a small
    /// part of a full bucket makes no difference.
    pub(crate) fn has_been_filling(&self, so_long: Span) -> Span {
        so_long.min(self.fills_in()) - self.filling - self.fills_in().scaled(0.1)
    }

    /// How long a bucket that is empty takes to fill; where nobody knows, it is taken to hold what comes in in a second.
    fn fills_in(&self) -> Span {
        let capacity = self.capacity.unwrap_or(self.bounds.most.max(1.0));
        Span::from_secs_ceil(capacity / self.bounds.most)
    }

    /// The same, so much later.
    pub(crate) fn aged(self, age: Span) -> LimitEstimate {
        LimitEstimate { filling: (self.filling + age).min(self.fills_in()), ..self }
    }
}
