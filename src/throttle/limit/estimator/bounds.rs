/// Between what a rate must lie, in requests a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) least: f64,
    /// Infinite where nothing bounds it.
    pub(crate) most: f64,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds::UNKNOWN
    }
}

impl Bounds {
    pub(crate) const UNKNOWN: Bounds = Bounds { least: 0.0, most: f64::INFINITY };

    /// What so many tokens, give or take one, in so many seconds, give or take the uncertainty, say of the rate.
    pub(crate) fn of(tokens: f64, secs: f64, uncertainty: f64) -> Bounds {
        Bounds {
            least: per_sec(tokens - 1.0, secs + uncertainty),
            most: per_sec(tokens + 1.0, secs - uncertainty),
        }
    }

    /// What both say.
    pub(crate) fn and(self, other: Bounds) -> Bounds {
        Bounds { least: self.least.max(other.least), most: self.most.min(other.most) }
    }

    pub(crate) fn contradict(self, other: Bounds) -> bool {
        self.most < other.least || self.least > other.most
    }

    /// Whether no rate lies between them.
    pub(crate) fn are_empty(self) -> bool {
        self.least > self.most
    }

    pub(crate) fn is_known(self) -> bool {
        self.most.is_finite()
    }
}

pub(crate) fn per_sec(tokens: f64, secs: f64) -> f64 {
    (tokens / secs.max(1e-3)).max(0.0)
}
