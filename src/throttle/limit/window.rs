//! The window: how many requests may be in flight after a pause.

use crate::throttle::limit::share::Share;
use crate::time::Span;

/// The number of requests that may be in flight after a pause: one at first, the probe, and more with each acceptance.
///
/// Up to its threshold the window doubles with each round trip, then it grows slowly, as TCP's does (RFC 5681, slow
/// start and congestion avoidance). It finds a limit on the number of concurrent requests.
///
/// Only requests sent since the pause count. Older ones say nothing about the limit now, and a slow one must not delay
/// the probe.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    size: f64,
    in_flight: u32,
    max_size: u32,
    /// The slow-start threshold: the number in flight at the last refusal.
    threshold: f64,
    is_probing: bool,
}

/// The lowest threshold: fewer requests in flight are never too many.
const MIN_THRESHOLD: f64 = 4.0;

/// The round trip with which the window grows by one request in `size` round trips.
const REFERENCE_ROUND_TRIP: Span = Span::from_millis(100);

impl Window {
    /// A window without a limit but `max_size`.
    pub(super) fn open(max_size: u32) -> Window {
        let size = f64::from(max_size);
        Window { size, in_flight: 0, max_size, threshold: f64::INFINITY, is_probing: false }
    }

    /// Allows nothing but a probe.
    pub(super) fn shut(&mut self) {
        *self = Window { size: 1.0, in_flight: 0, is_probing: true, ..*self };
    }

    /// Sets the threshold to the number in flight in all tabs, taken to be in proportion to their shares.
    pub(super) fn refused(&mut self, share: Share) {
        self.threshold = (f64::from(self.in_flight) / share.own()).max(MIN_THRESHOLD);
    }

    /// Whether one more request is within this tab's share, or is the first of its turn.
    pub(super) fn allows_one(&self, share: Share, is_its_turn: bool) -> bool {
        let allowed = share.part_of(self.size.floor());
        f64::from(self.in_flight) < allowed || (is_its_turn && self.in_flight == 0)
    }

    /// Starts to grow from one request again.
    pub(super) fn narrow(&mut self) {
        self.size = 1.0;
    }

    /// Whether no request was accepted yet since the pause.
    pub(super) fn is_probing(&self) -> bool {
        self.is_probing
    }

    pub(super) fn sent(&mut self) {
        self.in_flight += 1;
    }

    pub(super) fn returned(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Grows after an acceptance while a bucket sets the pace: the window doubles with each round trip.
    pub(super) fn widen(&mut self, round_trip: Span) {
        if self.size < self.threshold {
            self.grow(1.0);
        } else {
            self.widen_slowly(round_trip);
        }
    }

    /// Grows after an acceptance while the window itself sets the pace: by one request in `size` round trips or more.
    /// All requests in flight when the bucket runs dry are refused. With short round trips the window grows even
    /// more slowly, and the bucket still runs dry soon.
    pub(super) fn widen_slowly(&mut self, round_trip: Span) {
        let growth = (round_trip.as_secs() / REFERENCE_ROUND_TRIP.as_secs()).clamp(0.5, 1.0);
        self.grow(growth / (self.size * self.size));
    }

    fn grow(&mut self, growth: f64) {
        self.is_probing = false;
        self.size = (self.size + growth).min(f64::from(self.max_size));
    }
}
