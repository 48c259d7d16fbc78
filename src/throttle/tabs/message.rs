use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::Bounds;
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::time::{Instant, Span};

/// What one tab tells the others, complete in itself: one that is lost, late or doubled does no harm, since the next
/// says it again.
///
/// It travels as a list of numbers, all of them ages or lengths (milliseconds) and counts, and none of them negative.
/// Whoever reads one trusts nothing in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TabMessage {
    /// Whose it is.
    pub(crate) id: u32,
    /// Which of theirs.
    pub(crate) number: u32,
    pub(crate) said_at: Instant,
    /// Whether it wants to know at once what the others want.
    pub(crate) asks: bool,
    pub(crate) shown: ScopeReport,
    pub(crate) answers: Decisions,
}

/// What a scope shows of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ScopeReport {
    /// Requests that wait or are on the wire.
    pub(crate) demand: f64,
    /// Those of them that are on the wire.
    pub(crate) on_wire: f64,
    pub(crate) pause: Option<SharedPause>,
    /// Throttles since the last success.
    pub(crate) consecutive: u32,
    pub(crate) limit: Option<LimitEstimate>,
}

/// A pause that is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SharedPause {
    pub(crate) began: Instant,
    pub(crate) end: Instant,
}

/// How a gateway has answered so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Decisions {
    pub(crate) count: u32,
    /// The latest of them, newest first.
    pub(crate) latest: Vec<Decision>,
}

/// One answer: when it was decided, and whether it was a throttle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decision {
    pub(crate) at: DecisionTime,
    pub(crate) is_throttle: bool,
}

impl Decisions {
    pub(crate) fn add(&mut self, answer: Decision) {
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

impl TabMessage {
    /// As a list of numbers, to be posted now.
    pub(crate) fn write(&self, now: Instant) -> Vec<f64> {
        let age = |at: Instant| now.since(at).as_js_millis();
        let ScopeReport { demand, on_wire, pause, consecutive, limit } = self.shown;
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
        for Decision { at, is_throttle } in &self.answers.latest {
            list.extend_from_slice(&[
                age(at.midpoint),
                at.uncertainty * 1e3,
                f64::from(u8::from(*is_throttle)),
            ]);
        }
        list
    }

    /// What a list says that was posted so long ago; `None` if it is no word. A pause is believed for `longest`.
    pub(crate) fn read(now: Instant, age: Span, list: &[f64], longest: Span) -> Option<TabMessage> {
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
        let pause = (left > Span::ZERO).then(|| SharedPause { began: ago(began), end: now + left });
        let limit = (most > 0.0).then(|| {
            let most = most.clamp(LEAST_RATE, MOST);
            let bounds = Bounds { least: least.min(most), most };
            let capacity = (capacity >= 1.0).then_some(capacity.min(MOST));
            LimitEstimate { bounds, capacity, filling: Span::from_js_millis(filling) }.aged(age)
        });
        let mut latest = Vec::new();
        for answer in answers.chunks_exact(EACH) {
            if let &[midpoint, uncertainty, is_throttle] = answer {
                latest.push(Decision {
                    at: DecisionTime { midpoint: ago(midpoint), uncertainty: uncertainty / 1e3 },
                    is_throttle: is_throttle > 0.0,
                });
            }
        }
        Some(TabMessage {
            id: id as u32,
            number: number as u32,
            said_at: now.before(age),
            asks: asks > 0.0,
            shown: ScopeReport {
                demand: demand.min(MOST),
                on_wire,
                pause,
                consecutive: consecutive as u32,
                limit,
            },
            answers: Decisions { count, latest },
        })
    }
}
