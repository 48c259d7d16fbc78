use super::bounds::Bounds;
use super::moment::Moment;
use crate::time::{Instant, Span};

/// What one tab tells the others, complete in itself: one that is lost, late or doubled does no harm, since the next
/// says it again.
///
/// It travels as a list of numbers, all of them ages or lengths (milliseconds) and counts, and none of them negative.
/// Whoever reads one trusts nothing in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Whose it is.
    pub(super) id: u32,
    /// Which of theirs.
    pub(super) number: u32,
    pub(super) said_at: Instant,
    /// Requests that wait there or are on the wire.
    pub(super) demand: f64,
    /// Those of them that are on the wire.
    pub(super) on_wire: f64,
    pub(super) pause: Option<ToldPause>,
    /// Throttles since the last success.
    pub(super) consecutive: u32,
    pub(super) limit: Option<ToldLimit>,
    pub(super) accepted: Tally,
    pub(super) throttled: Tally,
}

/// A pause that is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ToldPause {
    pub(super) began: Instant,
    pub(super) end: Instant,
}

/// What is known of the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ToldLimit {
    pub(super) bounds: Bounds,
    /// Requests that a full bucket holds.
    pub(super) capacity: Option<f64>,
    /// For how long the bucket has been filling.
    pub(super) filling: Span,
}

impl ToldLimit {
    /// By how much longer than it really has it would have been filling by so much, had nobody sent anything; a small
    /// part of a full bucket makes no difference.
    pub(super) fn has_been_filling(&self, so_long: Span) -> Span {
        so_long.min(self.fills_in()) - self.filling - self.fills_in().scaled(0.1)
    }

    /// How long a bucket that is empty takes to fill; where nobody knows, it is taken to hold what comes in in a second.
    fn fills_in(&self) -> Span {
        let capacity = self.capacity.unwrap_or(self.bounds.most.max(1.0));
        Span::from_secs_ceil(capacity / self.bounds.most)
    }

    /// The same, so much later.
    fn aged(self, age: Span) -> ToldLimit {
        ToldLimit { filling: (self.filling + age).min(self.fills_in()), ..self }
    }
}

/// How many there were, and when the latest of them were decided about, newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tally {
    pub(super) count: u32,
    pub(super) latest: Vec<Moment>,
}

impl Tally {
    pub(super) fn add(&mut self, at: Moment) {
        self.count = self.count.saturating_add(1);
        self.latest.truncate(MOST_MOMENTS - 1);
        self.latest.insert(0, at);
    }

    /// The last so many, as far as they are known, oldest first.
    pub(super) fn last(&self, count: usize) -> impl Iterator<Item = Moment> {
        self.latest.iter().take(count).rev().copied()
    }
}

/// Words of another version are not understood.
const VERSION: f64 = 1.0;
/// The numbers before the moments.
const HEADER: usize = 16;
/// More moments than this are in no word.
const MOST_MOMENTS: usize = 32;
/// Beyond any bucket, queue or rate that is met.
const MOST: f64 = 1e6;
/// One request in a minute: below any rate that is met.
const LEAST_RATE: f64 = 1.0 / 60.0;

impl Word {
    /// As a list of numbers, to be posted now.
    pub(super) fn write(&self, now: Instant) -> Vec<f64> {
        let age = |at: Instant| now.since(at).as_js_millis();
        let pause =
            self.pause.map_or((0.0, 0.0), |pause| (pause.end.since(now).as_js_millis(), age(pause.began)));
        let (least, most, capacity, filling) = self.limit.map_or((0.0, 0.0, 0.0, 0.0), |limit| {
            let Bounds { least, most } = limit.bounds;
            (least, most, limit.capacity.unwrap_or(0.0), limit.filling.as_js_millis())
        });
        let mut list = vec![
            VERSION,
            self.id.into(),
            self.number.into(),
            self.demand,
            self.on_wire,
            pause.0,
            pause.1,
            self.consecutive.into(),
            least,
            most,
            capacity,
            filling,
            self.accepted.count.into(),
            self.throttled.count.into(),
            self.accepted.latest.len() as f64,
            self.throttled.latest.len() as f64,
        ];
        for moment in self.accepted.latest.iter().chain(&self.throttled.latest) {
            list.extend([age(moment.middle), moment.slack * 1_000.0]);
        }
        list
    }

    /// What a list says that was posted so long ago; `None` if it is no word. A pause is believed for `longest`.
    pub(super) fn read(now: Instant, age: Span, list: &[f64], longest: Span) -> Option<Word> {
        let (header, moments) = list.split_at_checked(HEADER)?;
        let &[version, id, number, demand, on_wire, left, began, consecutive, least, most, ..] = header
        else {
            return None;
        };
        let &[.., capacity, filling, accepted, throttled, accepted_listed, throttled_listed] = header else {
            return None;
        };
        let is_word = version == VERSION && list.iter().all(|value| value.is_finite() && *value >= 0.0);
        if !is_word || moments.len() as f64 != 2.0 * (accepted_listed + throttled_listed) {
            return None;
        }
        if accepted_listed.max(throttled_listed) > MOST_MOMENTS as f64 {
            return None;
        }
        let ago = |millis: f64| now.before(age + Span::from_js_millis(millis));
        let mut moments = moments.chunks_exact(2).filter_map(|pair| match *pair {
            [middle, slack] => Some(Moment { middle: ago(middle), slack: slack / 1_000.0 }),
            _ => None,
        });
        let left = (Span::from_js_millis(left) - age).min(longest);
        let pause = (left > Span::ZERO).then(|| ToldPause { began: ago(began), end: now + left });
        let limit = (most > 0.0).then(|| {
            let most = most.clamp(LEAST_RATE, MOST);
            let bounds = Bounds { least: least.min(most), most };
            let capacity = (capacity >= 1.0).then_some(capacity.min(MOST));
            ToldLimit { bounds, capacity, filling: Span::from_js_millis(filling) }.aged(age)
        });
        Some(Word {
            // These casts saturate.
            id: id as u32,
            number: number as u32,
            said_at: now.before(age),
            demand: demand.min(MOST),
            on_wire,
            pause,
            consecutive: consecutive as u32,
            limit,
            accepted: Tally {
                count: accepted as u32,
                latest: moments.by_ref().take(accepted_listed as usize).collect(),
            },
            throttled: Tally { count: throttled as u32, latest: moments.collect() },
        })
    }
}
