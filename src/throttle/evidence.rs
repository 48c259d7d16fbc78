use super::bounds::{Bounds, per_sec};
use super::first_burst::FirstBurst;
use super::moment::Moment;
use super::word::ToldLimit;
use crate::time::{Instant, Span};

/// What answers prove of the rate at which a gateway's bucket refills.
///
/// A throttle finds the bucket empty: less than one token is in it at that moment. From one such moment to a later
/// one, what was admitted is what came in, give or take one: that bounds the rate on both sides, and the longer the
/// time between them, the more narrowly. Every acceptance bounds it from below: what was admitted since an empty
/// moment must have come in since.
///
/// Where the bounds contradict each other the limit has changed, and the newer evidence wins.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// Moments at which the bucket was empty, oldest first.
    empty: Vec<Empty>,
    /// The last time that it was, whether that is kept or not.
    last_empty: Option<Instant>,
    first: FirstBurst,
    /// Since when nothing has contradicted what is known.
    since: Option<Instant>,
    bounds: Bounds,
    is_lossy: bool,
}

#[derive(Debug, Clone, Copy)]
struct Empty {
    at: Moment,
    /// When the pause ended that began with it.
    resumed: Option<Instant>,
    /// Whether requests were paced after that pause, and not let out as fast as answers came in: a full bucket loses
    /// what comes in while they are not.
    was_paced: bool,
    /// Requests that were admitted since.
    admitted: u32,
}

/// How new evidence fits with what was known before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    Fits,
    /// The limit has changed.
    Contradicts,
}

/// More moments than this tell nothing more: the oldest gives the narrowest bounds, the newest notice a change.
const REMEMBERED: usize = 8;

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds::UNKNOWN
    }
}

impl Evidence {
    /// Between what the rate must lie.
    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Whether the last pause was longer than it takes to fill the bucket, so that being throttled costs time.
    pub(super) fn is_lossy(&self) -> bool {
        self.is_lossy
    }

    /// For how long nothing has contradicted what is known.
    pub(super) fn reach(&self, now: Instant) -> Span {
        self.since.map_or(Span::ZERO, |since| now.since(since))
    }

    /// What another tab has found out.
    pub(super) fn told(now: Instant, told: ToldLimit) -> Evidence {
        let at = Moment::exactly(now.before(told.filling));
        Evidence {
            empty: vec![Empty { at, resumed: Some(now), was_paced: false, admitted: 0 }],
            last_empty: Some(at.middle),
            first: FirstBurst::told(now, told.capacity),
            since: Some(now),
            bounds: told.bounds,
            ..Evidence::default()
        }
    }

    /// Whether a pause is on that began with the last empty moment; `None` if there was none.
    pub(super) fn awaits_conclusion(&self) -> Option<bool> {
        self.empty.last().map(|last| last.resumed.is_none())
    }

    /// The last moment at which the bucket was empty.
    pub(super) fn last_empty(&self) -> Option<Instant> {
        self.last_empty
    }

    /// Whether nothing was admitted since.
    pub(super) fn is_still_empty(&self) -> bool {
        self.empty.last().is_some_and(|last| last.admitted == 0)
    }

    /// Requests that a full bucket holds, if it refills at this rate; `None` if that is not known.
    pub(super) fn capacity(&self, rate: f64) -> Option<f64> {
        self.first.capacity(rate)
    }

    /// Something is sent, and no limit was met.
    pub(super) fn sent_unlimited(&mut self, now: Instant) {
        self.first.sent(now);
    }

    /// Something was admitted, with all that was counted before no later than `counted`. Contradicts if that is more
    /// than could be.
    pub(super) fn accepted(&mut self, at: Moment, counted: Moment) -> Finding {
        self.first.accepted(at);
        for empty in self.empty.iter_mut().filter(|empty| at.is_after(empty.at)) {
            empty.admitted += 1;
            let longest = counted.secs_since(empty.at) + empty.at.slack + counted.slack;
            self.bounds.least = self.bounds.least.max(per_sec(f64::from(empty.admitted) - 1.0, longest));
        }
        if self.bounds.are_empty() { Finding::Contradicts } else { Finding::Fits }
    }

    /// A throttle found the bucket empty. What that proves is told by [`Evidence::conclude`], once what was on the
    /// wire has come back.
    pub(super) fn throttled(&mut self, at: Moment) {
        self.first.throttled(at);
        self.since.get_or_insert(at.middle);
        self.last_empty = Some(at.middle);
        if self.empty.len() >= REMEMBERED {
            self.empty.remove(1);
        }
        self.empty.push(Empty { at, resumed: None, was_paced: false, admitted: 0 });
    }

    /// A throttle that belongs to the flight of the one before: the bucket was empty a little longer.
    pub(super) fn throttled_again(&mut self, at: Moment) {
        if let Some(last) = self.empty.last_mut()
            && last.resumed.is_none()
            && at.is_after(last.at)
        {
            last.at = at;
            self.last_empty = Some(at.middle);
        }
    }

    /// The pause ends that began with the last empty moment: what has that moment proven? Requests are paced from now
    /// on, if that is enough to know at what rate.
    pub(super) fn conclude(&mut self, now: Instant) -> Finding {
        let mut finding = Finding::Fits;
        if let [.., before, last] = self.empty.as_slice()
            && last.resumed.is_none()
        {
            if before.admitted == last.admitted {
                // Nothing was admitted in between: it is the same emptiness.
                self.empty.pop();
            } else {
                let (before, last) = (*before, *last);
                finding = self.weigh(before, last);
            }
        }
        let is_paced = self.is_lossy || self.bounds.is_known();
        if let Some(last) = self.empty.last_mut() {
            last.resumed = Some(now);
            last.was_paced = is_paced;
        }
        finding
    }

    fn weigh(&mut self, before: Empty, last: Empty) -> Finding {
        let (newest, is_lossy) = self.between(before, last);
        self.is_lossy = is_lossy;
        if newest.contradict(self.bounds) {
            self.since = Some(last.at.middle);
            self.count_from(last, newest);
            return Finding::Contradicts;
        }
        if is_lossy {
            // What was counted over a full bucket from earlier on falls short.
            self.count_from(last, self.bounds.and(newest));
            return Finding::Fits;
        }
        let earlier = self.empty.iter().take_while(|empty| last.at.is_after(empty.at));
        let all = earlier.fold(self.bounds, |bounds, empty| bounds.and(self.between(*empty, last).0));
        if all.are_empty() {
            self.count_from(last, newest);
        } else {
            self.bounds = all;
        }
        Finding::Fits
    }

    fn count_from(&mut self, last: Empty, bounds: Bounds) {
        self.empty.clear();
        self.empty.push(last);
        self.bounds = bounds;
    }

    /// The upper bound was too low, though not by much.
    pub(super) fn raise_most(&mut self) {
        self.bounds.most = self.bounds.least * 1.25;
    }

    /// Nothing of what was known of the rate holds any more.
    pub(super) fn start_over(&mut self) {
        self.bounds = Bounds::UNKNOWN;
        self.empty.clear();
        self.since = None;
    }

    /// What two moments at which the bucket was empty say of the rate, and whether it was full in between.
    fn between(&self, earlier: Empty, later: Empty) -> (Bounds, bool) {
        let admitted = f64::from(earlier.admitted.saturating_sub(later.admitted));
        let secs = later.at.secs_since(earlier.at);
        let slack = earlier.at.slack + later.at.slack;
        let plain = Bounds::of(admitted, secs, slack);
        let (Some(resumed), Some((burst, took))) = (earlier.resumed, self.first.measured()) else {
            return (plain, false);
        };
        let paused = resumed.since(earlier.at.middle).as_secs();
        let rate = per_sec(admitted, secs);
        if self.capacity(rate).is_none_or(|capacity| rate * paused <= capacity) {
            return (plain, false);
        }
        // The bucket was full when the pause ended, as it was at first: what tells is how much more was admitted in
        // how much more time.
        let secs = secs - paused - took;
        let more = Bounds::of(admitted - burst, secs, slack);
        let most = if earlier.was_paced && secs > slack { more.most.max(plain.most) } else { f64::INFINITY };
        (Bounds { least: more.least.max(plain.least), most }, true)
    }
}
