//! Bounds on the refill rate.

/// The interval in which a rate lies, in requests a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) least: f64,
    /// Infinite without an upper bound.
    pub(crate) most: f64,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds::UNKNOWN
    }
}

impl Bounds {
    pub(super) const UNKNOWN: Bounds = Bounds { least: 0.0, most: f64::INFINITY };

    /// Bounds on the rate implied by `tokens` ± 1 admitted within `secs` ± `uncertainty`.
    pub(super) fn of(tokens: f64, secs: f64, uncertainty: f64) -> Bounds {
        Bounds {
            least: per_sec(tokens - 1.0, secs + uncertainty),
            most: per_sec(tokens + 1.0, secs - uncertainty),
        }
    }

    /// The intersection, which is empty if the bounds contradict each other.
    pub(super) fn and(self, other: Bounds) -> Bounds {
        Bounds { least: self.least.max(other.least), most: self.most.min(other.most) }
    }

    pub(super) fn contradict(self, other: Bounds) -> bool {
        self.most < other.least || self.least > other.most
    }

    /// Whether no rate lies between the bounds.
    pub(super) fn are_empty(self) -> bool {
        self.least > self.most
    }

    /// Whether there is an upper bound.
    pub(super) fn have_upper(self) -> bool {
        self.most.is_finite()
    }
}

/// Tokens a second. A time below 1 ms counts as 1 ms, and a negative number of tokens as zero.
pub(super) fn per_sec(tokens: f64, secs: f64) -> f64 {
    (tokens / secs.max(1e-3)).max(0.0)
}
