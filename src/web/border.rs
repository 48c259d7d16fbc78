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

/// Declares the options once. Their order in the slice is the order of the fields.
macro_rules! option_numbers {
    ($($name:ident),* $(,)?) => {
        /// The options as numbers; NaN if not given.
        pub(crate) struct OptionNumbers {
            $(pub(crate) $name: f64,)*
        }

        impl OptionNumbers {
            /// `None` if the slice has another length.
            pub(crate) fn from_slice(numbers: &[f64]) -> Option<OptionNumbers> {
                let &[$($name),*] = numbers else {
                    return None;
                };
                Some(OptionNumbers { $($name),* })
            }

            /// Returns the options with their names, for `tests/border.rs`.
            #[cfg(not(target_arch = "wasm32"))]
            pub(crate) fn by_name(&self) -> Vec<(&'static str, f64)> {
                vec![$((stringify!($name), self.$name)),*]
            }
        }
    };
}

option_numbers![
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
];

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
