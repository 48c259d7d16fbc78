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
    /// Whether it wants to know at once what the others want.
    pub(super) asks: bool,
    pub(super) shown: Shown,
    pub(super) answers: Answers,
}

/// What a scope shows of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shown {
    /// Requests that wait or are on the wire.
    pub(super) demand: f64,
    /// Those of them that are on the wire.
    pub(super) on_wire: f64,
    pub(super) pause: Option<ToldPause>,
    /// Throttles since the last success.
    pub(super) consecutive: u32,
    pub(super) limit: Option<ToldLimit>,
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

/// How a gateway has answered so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Answers {
    pub(super) count: u32,
    /// The latest of them, newest first.
    pub(super) latest: Vec<Answer>,
}

/// One answer: when it was decided, and whether it was a throttle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answer {
    pub(super) at: Moment,
    pub(super) is_throttle: bool,
}

impl Answers {
    pub(super) fn add(&mut self, answer: Answer) {
        self.count = self.count.saturating_add(1);
        self.latest.truncate(MOST_LISTED - 1);
        self.latest.insert(0, answer);
    }
}

/// Words of another version are not understood.
const VERSION: f64 = 1.0;
/// The numbers before the answers, and those of each.
const HEADER: usize = 14;
const EACH: usize = 3;
/// No more answers than this are in a word.
const MOST_LISTED: usize = 32;
/// Beyond any bucket, queue or rate that is met.
const MOST: f64 = 1e6;
/// One request in a minute: below any rate that is met.
const LEAST_RATE: f64 = 1.0 / 60.0;

impl Word {
    /// As a list of numbers, to be posted now.
    pub(super) fn write(&self, now: Instant) -> Vec<f64> {
        let age = |at: Instant| now.since(at).as_js_millis();
        let Shown { demand, on_wire, pause, consecutive, limit } = self.shown;
        let (left, began) =
            pause.map_or((0.0, 0.0), |pause| (pause.end.since(now).as_js_millis(), age(pause.began)));
        let (least, most, capacity, filling) = limit.map_or((0.0, 0.0, 0.0, 0.0), |limit| {
            let Bounds { least, most } = limit.bounds;
            (least, most, limit.capacity.unwrap_or(0.0), limit.filling.as_js_millis())
        });
        let header: [f64; HEADER] = [
            VERSION,
            self.id.into(),
            self.number.into(),
            demand,
            on_wire,
            left,
            began,
            consecutive.into(),
            least,
            most,
            capacity,
            filling,
            u8::from(self.asks).into(),
            self.answers.count.into(),
        ];
        let mut list = Vec::from(header);
        for Answer { at, is_throttle } in &self.answers.latest {
            list.extend_from_slice(&[age(at.middle), at.slack * 1e3, f64::from(u8::from(*is_throttle))]);
        }
        list
    }

    /// What a list says that was posted so long ago; `None` if it is no word. A pause is believed for `longest`.
    pub(super) fn read(now: Instant, age: Span, list: &[f64], longest: Span) -> Option<Word> {
        let (header, answers) = list.split_first_chunk::<HEADER>()?;
        let [
            version,
            id,
            number,
            demand,
            on_wire,
            left,
            began,
            consecutive,
            least,
            most,
            capacity,
            filling,
            asks,
            count,
        ] = *header;
        // These casts saturate.
        let count = count as u32;
        let is_complete = answers.len() == EACH * (count as usize).min(MOST_LISTED);
        let are_numbers = list.iter().all(|value| value.is_finite() && *value >= 0.0);
        if version != VERSION || !is_complete || !are_numbers {
            return None;
        }
        let ago = |millis: f64| now.before(age + Span::from_js_millis(millis));
        let left = (Span::from_js_millis(left) - age).min(longest);
        let pause = (left > Span::ZERO).then(|| ToldPause { began: ago(began), end: now + left });
        let limit = (most > 0.0).then(|| {
            let most = most.clamp(LEAST_RATE, MOST);
            let bounds = Bounds { least: least.min(most), most };
            let capacity = (capacity >= 1.0).then_some(capacity.min(MOST));
            ToldLimit { bounds, capacity, filling: Span::from_js_millis(filling) }.aged(age)
        });
        let mut latest = Vec::new();
        for answer in answers.chunks_exact(EACH) {
            if let &[middle, slack, is_throttle] = answer {
                latest.push(Answer {
                    at: Moment { middle: ago(middle), slack: slack / 1e3 },
                    is_throttle: is_throttle > 0.0,
                });
            }
        }
        Some(Word {
            id: id as u32,
            number: number as u32,
            said_at: now.before(age),
            asks: asks > 0.0,
            shown: Shown { demand: demand.min(MOST), on_wire, pause, consecutive: consecutive as u32, limit },
            answers: Answers { count, latest },
        })
    }
}
