//! The answer to "may a request leave now?".

use crate::time::{Instant, Span};

/// Whether one more may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permit {
    Now,
    At(Instant),
    /// Not before something comes back.
    OnceAnswered,
}

impl Permit {
    pub(crate) fn after(now: Instant, secs: f64) -> Permit {
        if secs <= 0.0 { Permit::Now } else { Permit::At(now + Span::from_secs_ceil(secs)) }
    }
}
