//! The numbers that Rust and JavaScript exchange. `border.js` holds the same; `tests/border.rs` compares the two.

use crate::throttle::{Jitter, OpaqueThrottling, Priority, Status};

// Bits of the flags of a request.
pub(crate) const RESEND: u32 = 1;
pub(crate) const RESEND_IF_UNAVAILABLE: u32 = 2;
pub(crate) const RESEND_IF_OPAQUE: u32 = 4;

// Verdicts on an attempt. A higher number is undecided: the time in milliseconds to read the body of the response.
pub(crate) const DELIVER: u32 = 0;
pub(crate) const WITHHOLD: u32 = 1;

/// Any other number is `Auto`.
pub(crate) fn priority(number: u32) -> Priority {
    match number {
        0 => Priority::High,
        2 => Priority::Low,
        _ => Priority::Auto,
    }
}

/// Any other number is the default.
pub(crate) fn jitter(number: f64) -> Jitter {
    match number as u32 {
        1 => Jitter::Equal,
        2 => Jitter::Decorrelated,
        3 => Jitter::None,
        _ => Jitter::Full,
    }
}

/// Any other number is the default.
pub(crate) fn opaque_throttling(number: f64) -> OpaqueThrottling {
    match number as u32 {
        1 => OpaqueThrottling::Retry,
        2 => OpaqueThrottling::Off,
        _ => OpaqueThrottling::Diagnose,
    }
}

pub(crate) fn status_number(status: Status) -> f64 {
    f64::from(status as u8)
}

/// The options as numbers; NaN if not given.
pub(crate) struct OptionNumbers {
    pub(crate) max_in_flight: f64,
    pub(crate) max_attempts: f64,
    pub(crate) max_pause_ms: f64,
    pub(crate) max_queue: f64,
    pub(crate) max_wait_ms: f64,
    pub(crate) base_ms: f64,
    pub(crate) max_ms: f64,
    pub(crate) rate: f64,
    pub(crate) burst: f64,
    pub(crate) jitter: f64,
    pub(crate) opaque_throttling: f64,
    pub(crate) tabs: f64,
    pub(crate) persist: f64,
}

impl OptionNumbers {
    /// `None` if the slice has another length.
    pub(crate) fn from_slice(numbers: &[f64]) -> Option<OptionNumbers> {
        let &[
            max_in_flight,
            max_attempts,
            max_pause_ms,
            max_queue,
            max_wait_ms,
            base_ms,
            max_ms,
            rate,
            burst,
            jitter,
            opaque_throttling,
            tabs,
            persist,
        ] = numbers
        else {
            return None;
        };
        Some(OptionNumbers {
            max_in_flight,
            max_attempts,
            max_pause_ms,
            max_queue,
            max_wait_ms,
            base_ms,
            max_ms,
            rate,
            burst,
            jitter,
            opaque_throttling,
            tabs,
            persist,
        })
    }
}

/// The public state of a scope as numbers; NaN stands for null.
pub(crate) struct ScopeNumbers {
    pub(crate) status: f64,
    pub(crate) resume_at: f64,
    pub(crate) queued: f64,
    pub(crate) in_flight: f64,
    pub(crate) rate: f64,
    pub(crate) sent: f64,
    pub(crate) throttled: f64,
}

impl ScopeNumbers {
    pub(crate) fn to_array(&self) -> [f64; 7] {
        [self.status, self.resume_at, self.queued, self.in_flight, self.rate, self.sent, self.throttled]
    }
}
