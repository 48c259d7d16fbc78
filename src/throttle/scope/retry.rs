//! The rule of which throttled request may be sent again.

use crate::throttle::advice::Outcome;
use crate::throttle::queue::Pending;

/// Attempts of one request that may end in [`Outcome::FailedOpaquely`]. A request that fails as often has most likely
/// failed for its own reason, or met a used-up quota.
const MAX_OPAQUE_ATTEMPTS: u32 = 6;

/// Whether a request may be sent again after this outcome.
pub(super) fn may_resend<T>(pending: &Pending<T>, outcome: Outcome) -> bool {
    pending.request.resend
        && match outcome {
            Outcome::Unavailable(_) => pending.request.idempotent,
            Outcome::FailedOpaquely => pending.request.safe && pending.attempts < MAX_OPAQUE_ATTEMPTS,
            _ => true,
        }
}
