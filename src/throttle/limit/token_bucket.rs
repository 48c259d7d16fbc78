use crate::throttle::config::Plan;
use crate::throttle::limit::permit::Permit;
use crate::time::{Instant, Span};

/// A token bucket as the client pictures it: what the gateway's may hold by now, less what is on its way there.
///
/// Tokens are taken when a request is sent, which is before the gateway takes them. A full bucket refills no further,
/// so whatever has not been answered may not have made room for a refill yet: the picture never holds more than what
/// a full bucket would after all of that. Where rate and burst are right, it never promises a token that is not there.
///
/// With a burst that is small for its rate, or a backend that takes its time, what is unanswered may be as much as a
/// full bucket holds. A picture that is learned then has room for one token: it follows the rate, and is wrong now and
/// then. A plan's has none. Beside it goes a slower count, which is right for whatever arrives within [`LATEST`],
/// answered or not: so something leaves in the end, even if nothing is ever answered.
///
/// Where there are other tabs, what they take is heard of late. So this tab has a purse beside the picture, which fills
/// by its share of what comes in: it pays with what is in there, as far as the picture has so much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TokenBucket {
    rate: f64,
    burst: f64,
    level: f64,
    /// The part of it that is this tab's.
    share: f64,
    purse: f64,
    /// What it may hold, while some of what was sent is not answered.
    room: f64,
    /// The room for it that there always is.
    least_room: f64,
    /// The token of a plan's that may leave whatever is unanswered.
    late: f64,
    /// Up to when the refill is counted.
    counted: Instant,
}

/// What a wait that was computed to the microsecond may fall short of a token.
const CLOSE: f64 = 1e-9;
/// The pace rises while requests wait: a wait of more than this is computed anew before it is over.
const MAX_REFILL_INTERVAL: Span = Span::from_secs(1);
/// How long what is sent is on its way to the gateway at most, in seconds.
const LATEST: f64 = 1.0;

impl TokenBucket {
    pub(crate) fn new(rate: f64, burst: f64, level: f64, now: Instant) -> TokenBucket {
        TokenBucket {
            rate,
            burst,
            level,
            share: 1.0,
            purse: level,
            room: burst,
            least_room: 1.0,
            late: 0.0,
            counted: now,
        }
    }

    /// A plan's, full at first, that never promises a token that is not there.
    pub(crate) fn of_plan(plan: Plan) -> TokenBucket {
        let burst = plan.burst.max(1.0);
        let full = TokenBucket::new(plan.rate, burst, burst, Instant::START);
        TokenBucket { least_room: f64::NEG_INFINITY, late: 1.0, ..full }
    }

    /// Whether it is a plan's, and nothing has shown the plan to be wrong.
    pub(crate) fn is_plan(&self) -> bool {
        self.least_room < 0.0
    }

    /// The same for a tab that has a share of it, and so much in its purse.
    pub(crate) fn shared(self, share: f64, purse: f64) -> TokenBucket {
        TokenBucket { share, purse, ..self }
    }

    /// What was in the purse when the bucket was empty: part of a token, for which others have their turn before. It
    /// is counted up to now.
    pub(crate) fn purse_at(&self, empty: Instant) -> f64 {
        let gained = self.counted.since(empty).as_secs() * self.rate();
        // `clamp` formats the bounds it panics with: 11 kB.
        (self.purse - gained).min(1.0 - self.share).max(0.0)
    }

    /// Tokens a second that come in.
    pub(crate) fn whole_rate(&self) -> f64 {
        self.rate
    }

    /// Those of them that come into the purse.
    fn rate(&self) -> f64 {
        self.rate * self.share
    }

    /// Counts what has come in, and goes on at another rate and with another share from now on. `unanswered` requests
    /// are on the wire.
    pub(crate) fn refill(&mut self, now: Instant, unanswered: u32, rate: f64, share: f64) {
        let gained = now.since(self.counted).as_secs() * self.rate;
        let most = |part: f64| (self.burst * part - f64::from(unanswered)).max(self.least_room);
        self.room = most(1.0);
        self.level = (self.level + gained).min(self.room.max(self.level));
        self.late = (self.late + gained * self.late_share()).min(1.0);
        // A first token is in the purse though the bucket seems to be empty: one call does not wait for another tab.
        let most = most(share).max(self.purse).min(self.level.max(self.least_room));
        self.purse = (self.purse + gained * self.share).min(most);
        self.counted = now.max(self.counted);
        self.rate = rate;
        self.share = share;
    }

    /// What is in all of it.
    pub(crate) fn level(&self) -> f64 {
        self.level
    }

    pub(crate) fn is_low(&self) -> bool {
        self.level() < self.burst / 2.0
    }

    pub(crate) fn take(&mut self) {
        self.level -= 1.0;
        self.purse -= 1.0;
        self.late -= 1.0;
    }

    /// Another tab has taken one.
    pub(crate) fn taken_elsewhere(&mut self) {
        self.level = (self.level - 1.0).max(self.level.min(0.0));
    }

    /// Others have taken nobody knows how many.
    pub(crate) fn run_dry(&mut self) {
        self.level = self.level.min(0.0);
    }

    /// Whether there is a token beside so much in reserve, and if not, when there will be. No more is kept in reserve
    /// than leaves room for the token. One that probes for all does not have to have it in its purse.
    pub(crate) fn permit(&self, now: Instant, reserve: f64, is_probe: bool) -> Permit {
        let secs = |lacking: f64, rate: f64| (lacking - CLOSE).max(0.0) / rate;
        if self.is_plan() {
            let has_room = self.room - self.burst * (1.0 - self.share) >= 1.0;
            let wait = if has_room { secs(1.0 - self.purse, self.rate()) } else { f64::INFINITY };
            let wait = wait.min(secs(1.0 - self.late, self.rate * self.late_share()));
            return Permit::from(now, self.counted + Span::from_secs_ceil(wait));
        }
        let reserved = if is_probe || reserve > 0.0 { 1.0 + reserve.min(self.room - 1.0) } else { 0.0 };
        let paid = if is_probe { 0.0 } else { 1.0 };
        let wait = secs(reserved - self.level, self.rate).max(secs(paid - self.purse, self.rate()));
        match Permit::from(now, self.counted + Span::from_secs_ceil(wait)) {
            Permit::At(at) => Permit::At(at.min(self.counted + MAX_REFILL_INTERVAL)),
            permit => permit,
        }
    }

    /// The part of what comes in that may leave, one by one, if each is on its way for [`LATEST`] or any time below:
    /// within no time does more of that arrive than what a full bucket holds and gains.
    fn late_share(&self) -> f64 {
        self.share * (self.burst / (self.rate * LATEST + 1.0)).min(1.0)
    }
}
