/// Between what a rate must lie, in requests a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) least: f64,
    /// Infinite where nothing bounds it.
    pub(super) most: f64,
}

impl Bounds {
    pub(super) const UNKNOWN: Bounds = Bounds { least: 0.0, most: f64::INFINITY };

    /// What so many tokens, give or take one, in so many seconds, give or take the slack, say of the rate.
    pub(super) fn of(tokens: f64, secs: f64, slack: f64) -> Bounds {
        Bounds { least: per_sec(tokens - 1.0, secs + slack), most: per_sec(tokens + 1.0, secs - slack) }
    }

    /// What both say.
    pub(super) fn and(self, other: Bounds) -> Bounds {
        Bounds { least: self.least.max(other.least), most: self.most.min(other.most) }
    }

    pub(super) fn contradict(self, other: Bounds) -> bool {
        self.most < other.least || self.least > other.most
    }

    /// Whether no rate lies between them.
    pub(super) fn are_empty(self) -> bool {
        self.least > self.most
    }

    pub(super) fn is_known(self) -> bool {
        self.most.is_finite()
    }
}

pub(super) fn per_sec(tokens: f64, secs: f64) -> f64 {
    (tokens / secs.max(1e-3)).max(0.0)
}
