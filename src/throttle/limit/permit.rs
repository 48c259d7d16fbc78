//! The answer to "may a request leave now?".

use crate::time::Instant;

/// Whether one more may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permit {
    Now,
    At(Instant),
    /// Not before something comes back.
    OnceAnswered,
}

impl Permit {
    /// Now if `at` is over, otherwise then.
    pub(crate) fn from(now: Instant, at: Instant) -> Permit {
        if at <= now { Permit::Now } else { Permit::At(at) }
    }
}
