//! The answer to "may a request leave now?".

use crate::time::Instant;

/// Permission to send one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permit {
    Now,
    /// Not now. The permission may change at this moment.
    At(Instant),
    /// Not before an attempt ends.
    OnceAnswered,
}
