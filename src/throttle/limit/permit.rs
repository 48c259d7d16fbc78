//! The permission to send one request.

use crate::time::Instant;

/// The permission to send one request: now, later, or after an attempt has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permit {
    Now,
    /// Not before this moment, at which the pacer has to be asked again.
    At(Instant),
    /// Not before an attempt ends.
    OnceAnswered,
}
