use crate::throttle::limit::estimator::bounds::Bounds;

/// Whether the limit stands still, so that what is known of it may be relied on to the last request.
///
/// A bucket of one's own contradicts its estimator when its rate has changed, and then by much, or never. One that is
/// shared with others, a window that slides and a limit on what runs at once do so all the time, a little up and a
/// little down, and refuse long before that was to be expected. Such a limit is taken for the average of what it
/// admits, is tried more rarely, and some of what comes in is kept in reserve.
#[derive(Debug, Clone)]
pub(crate) struct Stability {
    known: Bounds,
    /// How often the limit was seen to swing, less how often it was seen to stand still.
    oscillations: u32,
    /// Whether the last swing was upwards.
    was_up: Option<bool>,
}

/// More caution than this makes nothing better.
const MAX_OSCILLATIONS: u32 = 6;
/// What differs by more than this factor is a limit that has changed, and not one that oscillations.
const CHANGED: f64 = 2.0;
/// Kept in reserve for each swing, in requests.
const RESERVE: f64 = 2.0;
/// No more is kept in reserve than comes in within so many seconds.
const RESERVE_SECS: f64 = 2.0;
/// By what factor more may be admitted than was known without the limit having changed.
const LUCK: f64 = 1.5;

impl Default for Stability {
    fn default() -> Stability {
        Stability { known: Bounds::UNKNOWN, oscillations: 0, was_up: None }
    }
}

impl Stability {
    pub(crate) fn is_unstable(&self) -> bool {
        self.oscillations > 0
    }

    /// Requests to keep in reserve at this rate.
    pub(crate) fn reserve(&self, rate: f64) -> f64 {
        (RESERVE * f64::from(self.oscillations)).min(RESERVE_SECS * rate)
    }

    /// Whether a rate of at least so much is no more than luck.
    pub(crate) fn is_luck(&self, least: f64) -> bool {
        self.is_unstable() && least < LUCK * self.known.most
    }

    /// What the newest estimator says of the rate. `is_early` if it was a refusal long before one was to be expected.
    pub(crate) fn weigh(&mut self, newest: Bounds, is_early: bool) {
        let (up, down) = (newest.least / self.known.most, self.known.least / newest.most);
        let swing = up.max(down);
        if swing > CHANGED {
            self.oscillations = self.oscillations.saturating_sub(2);
            self.was_up = None;
        } else if is_early || swing > 1.0 {
            let turns = self.was_up == Some(down > 1.0);
            if is_early || turns || self.is_unstable() {
                self.unsettle();
            }
            if !is_early {
                self.was_up = Some(up > 1.0);
            }
        } else {
            self.oscillations = self.oscillations.saturating_sub(1);
        }
    }

    /// What is known now, with the newest estimator.
    pub(crate) fn learn(&mut self, known: Bounds) {
        self.known = known;
    }

    pub(crate) fn unsettle(&mut self) {
        self.oscillations = (self.oscillations + 1).min(MAX_OSCILLATIONS);
    }

    /// The limit has changed: whether the new one stands still has yet to be seen.
    pub(crate) fn start_over(&mut self) {
        self.oscillations = 0;
        self.was_up = None;
    }
}
