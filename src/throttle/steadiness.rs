use super::bounds::Bounds;

/// Whether the limit stands still, so that what is known of it may be relied on to the last request.
///
/// A bucket of one's own contradicts its evidence when its rate has changed, and then by much, or never. One that is
/// shared with others, a window that slides and a limit on what runs at once do so all the time, a little up and a
/// little down, and refuse long before that was to be expected. Such a limit is taken for the average of what it
/// admits, is tried more rarely, and some of what comes in is kept in reserve.
#[derive(Debug, Clone)]
pub(super) struct Steadiness {
    known: Bounds,
    /// How often the limit was seen to swing, less how often it was seen to stand still.
    swings: u32,
    /// Whether the last swing was upwards.
    was_up: Option<bool>,
}

/// More caution than this makes nothing better.
const MOST_SWINGS: u32 = 6;
/// What differs by more than this factor is a limit that has changed, and not one that swings.
const CHANGED: f64 = 2.0;
/// Kept in reserve for each swing, in requests.
const RESERVE: f64 = 2.0;
/// No more is kept in reserve than comes in within so many seconds.
const RESERVE_SECS: f64 = 2.0;
/// By what factor more may be admitted than was known without the limit having changed.
const LUCK: f64 = 1.5;

impl Default for Steadiness {
    fn default() -> Steadiness {
        Steadiness { known: Bounds::UNKNOWN, swings: 0, was_up: None }
    }
}

impl Steadiness {
    pub(super) fn is_restless(&self) -> bool {
        self.swings > 0
    }

    /// Requests to keep in reserve at this rate.
    pub(super) fn reserve(&self, rate: f64) -> f64 {
        (RESERVE * f64::from(self.swings)).min(RESERVE_SECS * rate)
    }

    /// Whether a rate of at least so much is no more than luck.
    pub(super) fn is_luck(&self, least: f64) -> bool {
        self.is_restless() && least < LUCK * self.known.most
    }

    /// What the newest evidence says of the rate. `is_early` if it was a refusal long before one was to be expected.
    pub(super) fn weigh(&mut self, newest: Bounds, is_early: bool) {
        let (up, down) = (newest.least / self.known.most, self.known.least / newest.most);
        let swing = up.max(down);
        if swing > CHANGED {
            self.swings = self.swings.saturating_sub(2);
            self.was_up = None;
        } else if is_early || swing > 1.0 {
            let turns = self.was_up == Some(down > 1.0);
            if is_early || turns || self.is_restless() {
                self.unsettle();
            }
            if !is_early {
                self.was_up = Some(up > 1.0);
            }
        } else {
            self.swings = self.swings.saturating_sub(1);
        }
    }

    /// What is known now, with the newest evidence.
    pub(super) fn learn(&mut self, known: Bounds) {
        self.known = known;
    }

    pub(super) fn unsettle(&mut self) {
        self.swings = (self.swings + 1).min(MOST_SWINGS);
    }

    /// The limit has changed: whether the new one stands still has yet to be seen.
    pub(super) fn start_over(&mut self) {
        self.swings = 0;
        self.was_up = None;
    }
}
