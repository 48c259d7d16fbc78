use super::pacer::Permit;
use crate::time::{Instant, Span};

/// A token bucket as the client pictures it: what the gateway's may hold by now, less what is on its way there.
///
/// Tokens are taken when a request is sent, which is before the gateway takes them. A full bucket refills no further,
/// so whatever has not been answered may not have made room for a refill yet: the picture never holds more than what
/// a full bucket would after all of that. Where rate and burst are right, it never promises a token that is not there.
///
/// Where there are other tabs, what they take is heard of late. So this tab has a purse beside the picture, which fills
/// by its share of what comes in: it pays with what is in there, as far as the picture has so much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bucket {
    rate: f64,
    burst: f64,
    level: f64,
    /// The part of it that is this tab's.
    share: f64,
    purse: f64,
    /// What it may hold, while some of what was sent is not answered.
    room: f64,
    /// Up to when the refill is counted.
    counted: Instant,
}

/// What a wait that was computed to the microsecond may fall short of a token.
const CLOSE: f64 = 1e-6;

impl Bucket {
    pub(super) fn new(rate: f64, burst: f64, level: f64, now: Instant) -> Bucket {
        Bucket { rate, burst, level, share: 1.0, purse: level, room: burst, counted: now }
    }

    /// The same for a tab that has a share of it, and so much in its purse.
    pub(super) fn shared(self, share: f64, purse: f64) -> Bucket {
        Bucket { share, purse, ..self }
    }

    /// What was in the purse when the bucket was empty: part of a token, for which others have their turn before. It
    /// is counted up to now.
    pub(super) fn purse_at(&self, empty: Instant) -> f64 {
        let gained = self.counted.since(empty).as_secs() * self.rate();
        // `clamp` formats the bounds it panics with: 11 kB.
        (self.purse - gained).min(1.0 - self.share).max(0.0)
    }

    /// Tokens a second that come in.
    pub(super) fn whole_rate(&self) -> f64 {
        self.rate
    }

    /// Those of them that come into the purse.
    fn rate(&self) -> f64 {
        self.rate * self.share
    }

    /// Counts what has come in, and goes on at another rate and with another share from now on. `unanswered` requests
    /// are on the wire.
    pub(super) fn refill(&mut self, now: Instant, unanswered: u32, rate: f64, share: f64) {
        let gained = now.since(self.counted).as_secs() * self.rate;
        let most = |part: f64| (self.burst * part - f64::from(unanswered)).max(1.0);
        self.room = most(1.0);
        self.level = (self.level + gained).min(self.room.max(self.level));
        // A first token is in the purse though the bucket seems to be empty: one call does not wait for another tab.
        let most = most(share).max(self.purse).min(self.level.max(1.0));
        self.purse = (self.purse + gained * self.share).min(most);
        self.counted = now.max(self.counted);
        self.rate = rate;
        self.share = share;
    }

    /// What is in all of it.
    pub(super) fn level(&self) -> f64 {
        self.level
    }

    pub(super) fn is_low(&self) -> bool {
        self.level() < self.burst / 2.0
    }

    pub(super) fn take(&mut self) {
        self.level -= 1.0;
        self.purse -= 1.0;
    }

    /// Another tab has taken one.
    pub(super) fn taken_elsewhere(&mut self) {
        self.level = (self.level - 1.0).max(self.level.min(0.0));
    }

    /// Others have taken nobody knows how many.
    pub(super) fn run_dry(&mut self) {
        self.level = self.level.min(0.0);
    }

    /// Whether there is a token beside so much in reserve, and if not, when there will be. No more is kept in reserve
    /// than leaves room for the token. One that probes for all does not have to have it in its purse.
    pub(super) fn permit(&self, now: Instant, reserve: f64, is_probe: bool) -> Permit {
        let reserved = if is_probe || reserve > 0.0 { 1.0 + reserve.min(self.room - 1.0) } else { 0.0 };
        let paid = if is_probe { 0.0 } else { 1.0 };
        let secs = |lacking: f64, rate: f64| (lacking - CLOSE).max(0.0) / rate;
        let wait = secs(reserved - self.level, self.rate).max(secs(paid - self.purse, self.rate()));
        if wait <= 0.0 { Permit::Now } else { Permit::At(now + Span::from_secs_ceil(wait)) }
    }
}
