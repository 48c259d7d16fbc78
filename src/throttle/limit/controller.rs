//! The congestion controller: CUBIC on the rate, for a limit that others use too.

use crate::time::{Instant, Span};

/// Paces a client that shares the limit with others, of whom it knows nothing.
///
/// An estimator of the refill rate finds nothing steady here: others take tokens at any time. So a refusal only says that
/// all clients together are too fast. Each then slows down to a part of its rate, grows back quickly to just below the
/// rate of the refusal, slowly around it, and ever faster beyond (RFC 9438). The growth in requests a second is the same
/// for a slow client as for a fast one, which makes their rates equal over time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Controller {
    /// W_max: the rate at the last refusal.
    max_rate: f64,
    /// The rate right after the last refusal.
    start_rate: f64,
    cycle: Option<Cycle>,
    /// Requests admitted in earlier cycles, and their seconds. Older cycles count less.
    past_admitted: f64,
    past_secs: f64,
}

/// The time since the last refusal that began a pause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cycle {
    began: Instant,
    pub(super) admitted: u32,
}

impl Cycle {
    pub(super) fn secs(self, now: Instant) -> f64 {
        now.since(self.began).as_secs()
    }
}

/// C: the growth is this, times the cube of the seconds from the plateau. RFC 9438 has 0.4 for windows. A smaller factor
/// leaves a crowd of slow clients more requests between two refusals.
const GROWTH: f64 = 0.05;
/// β: the part of the rate that is left after a refusal.
const DECREASE: f64 = 0.7;
/// The part that is left after a refused probe. Chance decides who is refused again, so it costs less.
const PROBE_DECREASE: f64 = 0.85;
/// The rate with which a client starts that knows nothing, in requests a second.
const INITIAL_RATE: f64 = 1.0;
/// The lowest rate. With less, a client would find out too late that others have left.
const MIN_RATE: f64 = 0.3;
/// The rate at a refusal is at most this many times the rate that was measured.
const MEASURED_FACTOR: f64 = 1.3;
/// The weight of earlier cycles in the measured rate.
const PAST_WEIGHT: f64 = 0.8;
/// The time in which a bucket of this capacity refills.
const CAPACITY_SECS: f64 = 0.5;

impl Default for Controller {
    fn default() -> Controller {
        Controller {
            max_rate: INITIAL_RATE,
            start_rate: INITIAL_RATE * DECREASE,
            cycle: None,
            past_admitted: 0.0,
            past_secs: 0.0,
        }
    }
}

impl Controller {
    /// The cycle so far; `None` before the first refusal.
    pub(super) fn cycle(&self) -> Option<Cycle> {
        self.cycle
    }

    pub(super) fn accepted(&mut self) {
        if let Some(cycle) = &mut self.cycle {
            cycle.admitted += 1;
        }
    }

    /// Records a refusal that begins a pause, at the pace so far; `None` if nothing set a pace.
    pub(super) fn refused(&mut self, now: Instant, pace: Option<f64>) {
        if let Some(cycle) = self.cycle {
            let pace = pace.unwrap_or(INITIAL_RATE);
            self.past_admitted = PAST_WEIGHT * self.past_admitted + f64::from(cycle.admitted);
            self.past_secs = PAST_WEIGHT * self.past_secs + cycle.secs(now).max(0.05);
            if cycle.admitted > 0 {
                self.max_rate = pace.min(MEASURED_FACTOR * self.past_admitted / self.past_secs);
                self.start_rate = DECREASE * self.max_rate;
            } else {
                self.max_rate = pace;
                self.start_rate = PROBE_DECREASE * self.start_rate.min(pace);
            }
        }
        self.cycle = Some(Cycle { began: now, admitted: 0 });
    }

    /// Requests a second after requests have waited for `waited` since the pause.
    pub(super) fn rate(&self, waited: Span) -> f64 {
        let plateau = cube_root((self.max_rate - self.start_rate).max(0.0) / GROWTH);
        let beyond = waited.as_secs() - plateau;
        (GROWTH * beyond * beyond * beyond + self.max_rate).max(MIN_RATE)
    }

    /// The tokens that may be saved up at this rate.
    pub(super) fn capacity(rate: f64) -> f64 {
        (CAPACITY_SECS * rate).max(1.0)
    }
}

/// By Newton's method: the function of the standard library is large. Exact for whatever a rate can be.
fn cube_root(cube: f64) -> f64 {
    let mut root = cube.max(1.0);
    for _ in 0..24 {
        root -= (root - cube / (root * root)) / 3.0;
    }
    root
}
