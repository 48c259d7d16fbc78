use super::share::Share;
use crate::time::Span;

/// How many requests may be on the wire after a pause: one at first, the probe, and more with every answer that is no
/// throttle.
///
/// It counts what was let out since the pause itself. Requests that were on the wire before say nothing about the
/// limit now, and one that takes its time must not hold up the probe.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    size: f64,
    out: u32,
    most: u32,
    is_probing: bool,
}

impl Window {
    /// As many as may be in flight.
    pub(super) fn open(most: u32) -> Window {
        Window { size: f64::from(most), out: 0, most, is_probing: false }
    }

    /// Nothing but a probe.
    pub(super) fn probe(most: u32) -> Window {
        Window { size: 1.0, out: 0, most, is_probing: true }
    }

    /// Whether one more may leave: it is within this tab's share, or a first one that is its turn.
    pub(super) fn allows_one(&self, share: Share, is_its_turn: bool) -> bool {
        let most = share.of(self.size.floor());
        f64::from(self.out) < most || (is_its_turn && self.out == 0)
    }

    /// Starts to feel its way again, with what is on the wire.
    pub(super) fn narrow(&mut self) {
        self.size = 1.0;
    }

    /// Whether no answer has widened it yet.
    pub(super) fn is_probing(&self) -> bool {
        self.is_probing
    }

    pub(super) fn sent(&mut self) {
        self.out += 1;
    }

    pub(super) fn returned(&mut self) {
        self.out = self.out.saturating_sub(1);
    }

    /// Doubles with every round trip, where something else sets the pace.
    pub(super) fn widen(&mut self) {
        self.grow(1.0);
    }

    /// Grows by at most one request with every round trip, where it is itself what sets the pace: all that is on the
    /// wire when the bucket runs dry is refused. It grows by less where round trips are short, and a bucket is used
    /// up soon enough all the same.
    pub(super) fn feel_forward(&mut self, round_trip: Span) {
        let more = (round_trip.as_secs() / 0.1).clamp(0.5, 1.0);
        self.grow(more / self.size);
    }

    fn grow(&mut self, more: f64) {
        self.is_probing = false;
        self.size = (self.size + more).min(f64::from(self.most));
    }
}
