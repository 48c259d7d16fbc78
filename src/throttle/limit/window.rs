use crate::throttle::limit::share::Share;
use crate::time::Span;

/// How many requests may be on the wire after a pause: one at first, the probe, and more with every answer that is no
/// throttle: doubling with every round trip up to the number with which something was refused before, then carefully.
/// So TCP feels its way too (RFC 5681, slow start and congestion avoidance). It finds a limit on what runs at once.
///
/// It counts what was let out since the pause itself. Requests that were on the wire before say nothing about the
/// limit now, and one that takes its time must not hold up the probe.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    size: f64,
    out: u32,
    most: u32,
    /// From which size on it grows carefully: with so many on the wire something was refused.
    threshold: f64,
    is_probing: bool,
}

/// Fewer than this on the wire are never too many.
const HARMLESS: f64 = 4.0;

impl Window {
    /// As many as may be in attempt.
    pub(crate) fn open(most: u32) -> Window {
        Window { size: f64::from(most), out: 0, most, threshold: f64::INFINITY, is_probing: false }
    }

    /// Nothing but a probe.
    pub(crate) fn shut(&mut self) {
        *self = Window { size: 1.0, out: 0, is_probing: true, ..*self };
    }

    /// With what is out now, here and as much for its share in every other tab, and one more, something was refused.
    pub(crate) fn refused(&mut self, share: Share) {
        self.threshold = (f64::from(self.out) / share.own()).max(HARMLESS);
    }

    /// Whether one more may leave: it is within this tab's share, or a first one that is its turn.
    pub(crate) fn allows_one(&self, share: Share, is_its_turn: bool) -> bool {
        let most = share.of(self.size.floor());
        f64::from(self.out) < most || (is_its_turn && self.out == 0)
    }

    /// Starts to feel its way again, with what is on the wire.
    pub(crate) fn narrow(&mut self) {
        self.size = 1.0;
    }

    /// Whether no answer has widened it yet.
    pub(crate) fn is_probing(&self) -> bool {
        self.is_probing
    }

    pub(crate) fn sent(&mut self) {
        self.out += 1;
    }

    pub(crate) fn returned(&mut self) {
        self.out = self.out.saturating_sub(1);
    }

    /// Doubles with every round trip, where something else sets the pace.
    pub(crate) fn widen(&mut self, round_trip: Span) {
        if self.size < self.threshold {
            self.grow(1.0);
        } else {
            self.feel_forward(round_trip);
        }
    }

    /// Grows by one request with at most as many round trips as it is wide, where it is itself what sets the pace: all
    /// that is on the wire when the bucket runs dry is refused. It grows by less where round trips are short, and a
    /// bucket is used up soon enough all the same.
    pub(crate) fn feel_forward(&mut self, round_trip: Span) {
        let more = (round_trip.as_secs() / 0.1).clamp(0.5, 1.0);
        self.grow(more / (self.size * self.size));
    }

    fn grow(&mut self, more: f64) {
        self.is_probing = false;
        self.size = (self.size + more).min(f64::from(self.most));
    }
}
