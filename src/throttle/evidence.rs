use crate::time::{Instant, Span};

/// What answers prove of the rate at which a gateway's bucket refills.
///
/// A throttle finds the bucket empty: less than one token is in it at that moment. From one such moment to a later
/// one, what was admitted is what came in, give or take one: that bounds the rate on both sides, and the longer the
/// time between them, the more narrowly. Every acceptance bounds it from below: what was admitted since an empty
/// moment must have come in since.
///
/// Where the bounds contradict each other the limit has changed, and the newer evidence wins.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// Moments at which the bucket was empty, oldest first.
    empty: Vec<Empty>,
    /// The last time that it was.
    last_empty: Option<Instant>,
    /// What was admitted before the first of them, and how long that took.
    first: Option<FirstBurst>,
    /// Since when nothing has contradicted what is known.
    since: Option<Instant>,
    /// No less, in requests a second.
    pub(super) least: f64,
    /// No more; infinite while nothing is known.
    pub(super) most: f64,
    /// Whether a pause is longer than it takes to fill the bucket, so that being throttled costs time.
    pub(super) is_lossy: bool,
}

/// A bucket that was full at its start, and empty at its end.
#[derive(Debug, Clone, Copy)]
struct FirstBurst {
    started: Instant,
    last_sent: Instant,
    admitted: u32,
    /// In seconds; `None` until the bucket was found empty.
    took: Option<f64>,
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

/// When a gateway decided about a request: about halfway between its sending and its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    middle: Instant,
    /// How far off that may be.
    slack: f64,
}

/// How the evidence of a pause fits with what was known before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    Fits,
    /// The limit has changed.
    Contradicts,
}

/// A first burst ends when nothing is sent for so long.
const IDLE: Span = Span::from_secs(1);

/// More moments than this tell nothing more: the oldest gives the narrowest bounds, the newest notice a change.
const REMEMBERED: usize = 8;

impl Moment {
    pub(super) fn between(sent_at: Instant, answered_at: Instant) -> Moment {
        let round_trip = answered_at.since(sent_at);
        Moment { middle: sent_at + round_trip.scaled(0.5), slack: round_trip.as_secs() / 4.0 }
    }

    fn secs_since(self, earlier: Moment) -> f64 {
        self.middle.since(earlier.middle).as_secs()
    }
}

impl Evidence {
    pub(super) fn none() -> Evidence {
        Evidence {
            empty: Vec::new(),
            last_empty: None,
            first: None,
            since: None,
            least: 0.0,
            most: f64::INFINITY,
            is_lossy: false,
        }
    }

    /// For how long nothing has contradicted what is known.
    pub(super) fn reach(&self, now: Instant) -> Span {
        self.since.map_or(Span::ZERO, |since| now.since(since))
    }

    /// The last moment at which the bucket was empty.
    pub(super) fn last_empty(&self) -> Option<Instant> {
        self.last_empty
    }

    /// Whether nothing was admitted since.
    pub(super) fn is_still_empty(&self) -> bool {
        self.empty.last().is_some_and(|last| last.admitted == 0)
    }

    /// Requests that a full bucket holds, if it refills at this rate: what was admitted at first, less what came in
    /// meanwhile. `None` if that is not told apart from the refill.
    pub(super) fn burst(&self, rate: f64) -> Option<f64> {
        let first = self.first?;
        let (admitted, refilled) = (f64::from(first.admitted.max(1)), rate * first.took?);
        (admitted >= 2.0 * refilled).then_some((admitted - refilled).max(1.0))
    }

    /// Something is sent, and no limit was met. After a while without any, the bucket is full again.
    pub(super) fn sent_unlimited(&mut self, now: Instant) {
        if self.first.is_none_or(|first| now.since(first.last_sent) > IDLE) {
            self.first = Some(FirstBurst { started: now, last_sent: now, admitted: 0, took: None });
        }
        if let Some(first) = &mut self.first {
            first.last_sent = now;
        }
    }

    /// Something was admitted. Says whether that is more than could be.
    pub(super) fn accepted(&mut self, at: Moment) -> Finding {
        if let Some(first) = &mut self.first
            && first.took.is_none_or(|took| at.middle.since(first.started).as_secs() <= took)
        {
            first.admitted += 1;
        }
        for empty in &mut self.empty {
            if at.middle > empty.at.middle {
                empty.admitted += 1;
                let longest = at.secs_since(empty.at) + empty.at.slack + at.slack;
                self.least = self.least.max(per_sec(f64::from(empty.admitted) - 1.0, longest));
            }
        }
        if self.least > self.most { Finding::Contradicts } else { Finding::Fits }
    }

    /// A throttle found the bucket empty. What that proves is told by [`Evidence::conclude`], once what was on the
    /// wire has come back.
    pub(super) fn throttled(&mut self, at: Moment) {
        if let Some(first) = &mut self.first {
            first.took.get_or_insert(at.middle.since(first.started).as_secs());
        }
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
            && at.middle > last.at.middle
        {
            last.at = at;
            self.last_empty = Some(at.middle);
        }
    }

    /// The pause ends that began with the last empty moment: what has that moment proven?
    pub(super) fn conclude(&mut self, now: Instant) -> Finding {
        let mut finding = Finding::Fits;
        if let [.., before, last] = self.empty.as_slice()
            && last.resumed.is_none()
        {
            let (before, last) = (*before, *last);
            if before.admitted == last.admitted {
                // Nothing was admitted in between: it is the same emptiness.
                self.empty.pop();
                if let Some(same) = self.empty.last_mut() {
                    same.resumed = Some(now);
                }
                return Finding::Fits;
            }
            let (least, most, is_lossy) = self.bounds(before, last);
            self.is_lossy = is_lossy;
            if most < self.least || least > self.most {
                finding = Finding::Contradicts;
                self.since = Some(last.at.middle);
                self.empty.clear();
                self.empty.push(last);
                (self.least, self.most) = (least, most);
            } else if is_lossy {
                self.least = self.least.max(least);
                self.most = self.most.min(most);
                self.empty.clear();
                self.empty.push(last);
            } else {
                for index in 0..self.empty.len().saturating_sub(1) {
                    let Some(earlier) = self.empty.get(index).copied() else { break };
                    let (least, most, _) = self.bounds(earlier, last);
                    self.least = self.least.max(least);
                    self.most = self.most.min(most);
                }
                if self.most < self.least {
                    (self.least, self.most) = (least, most);
                    self.empty.clear();
                    self.empty.push(last);
                }
            }
        }
        if let Some(last) = self.empty.last_mut() {
            last.resumed.get_or_insert(now);
        }
        finding
    }

    /// From now on requests are paced.
    pub(super) fn paced(&mut self) {
        if let Some(last) = self.empty.last_mut() {
            last.was_paced = true;
        }
    }

    /// The upper bound was too low, though not by much.
    pub(super) fn raise_most(&mut self) {
        self.most = self.least * 1.25;
    }

    /// Nothing of what was known of the rate holds any more.
    pub(super) fn start_over(&mut self) {
        (self.least, self.most) = (0.0, f64::INFINITY);
        self.empty.clear();
        self.since = None;
    }

    /// Both bounds, from two moments at which the bucket was empty, and whether it was full in between.
    fn bounds(&self, earlier: Empty, later: Empty) -> (f64, f64, bool) {
        let admitted = f64::from(earlier.admitted.saturating_sub(later.admitted));
        let secs = later.at.secs_since(earlier.at);
        let slack = earlier.at.slack + later.at.slack;
        let rate = per_sec(admitted, secs);
        let plain = (per_sec(admitted - 1.0, secs + slack), per_sec(admitted + 1.0, secs - slack), false);
        let Some(resumed) = earlier.resumed else { return plain };
        let Some(FirstBurst { admitted: burst, took: Some(took), .. }) = self.first else { return plain };
        let paused = resumed.since(earlier.at.middle).as_secs();
        if self.burst(rate).is_none_or(|burst| rate * paused <= burst) {
            return plain;
        }
        // The bucket was full when the pause ended, as it was at first: what tells is how much more was admitted in
        // how much more time.
        let secs = secs - paused - took;
        let admitted = admitted - f64::from(burst);
        let most = if earlier.was_paced && secs - slack > 0.0 {
            per_sec(admitted + 1.0, secs - slack)
        } else {
            f64::INFINITY
        };
        (per_sec(admitted - 1.0, secs + slack).max(plain.0), most.max(plain.1), true)
    }
}

fn per_sec(admitted: f64, secs: f64) -> f64 {
    (admitted / secs.max(1e-3)).max(0.0)
}
