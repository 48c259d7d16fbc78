//! The message from one tab to the others, as a list of numbers.

use crate::throttle::decision_time::DecisionTime;
use crate::throttle::limit::estimator::bounds::Bounds;
use crate::throttle::limit::estimator::estimate::LimitEstimate;
use crate::time::{Instant, Span};

/// The complete state of one tab. A message that is lost, late or doubled does no harm, since the next one repeats it.
///
/// It travels as a list of non-negative numbers: ages and lengths in milliseconds, and counts. The reader trusts none of
/// them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TabMessage {
    /// The tab that has sent it.
    pub(crate) id: u32,
    /// The number of this message among those of its tab.
    pub(crate) number: u32,
    pub(crate) sent_at: Instant,
    /// Whether the tab waits for the demand of the others.
    pub(crate) asks_demand: bool,
    pub(crate) report: ScopeReport,
    pub(crate) decisions: Decisions,
}

/// The state of a tab's scope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ScopeReport {
    /// Requests that are queued or in flight.
    pub(crate) demand: f64,
    pub(crate) in_flight: f64,
    pub(crate) pause: Option<SharedPause>,
    /// Throttles since the last accepted request.
    pub(crate) consecutive: u32,
    pub(crate) limit: Option<LimitEstimate>,
}

/// The current pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SharedPause {
    pub(crate) began: Instant,
    pub(crate) end: Instant,
}

/// The gateway's decisions about the requests of one tab.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Decisions {
    pub(crate) count: u32,
    /// The last [`MAX_DECISIONS`] of them, newest first.
    pub(crate) latest: Vec<Decision>,
}

/// The gateway's decision about one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Decision {
    pub(crate) at: DecisionTime,
    pub(crate) is_throttle: bool,
}

impl Decisions {
    pub(super) fn add(&mut self, decision: Decision) {
        self.count = self.count.saturating_add(1);
        self.latest.truncate(MAX_DECISIONS - 1);
        self.latest.insert(0, decision);
    }
}

/// The version of the format. Messages of other versions are ignored.
const VERSION: f64 = 1.0;
/// Numbers before the decisions.
const HEADER_LENGTH: usize = 14;
/// Numbers of one decision.
const DECISION_LENGTH: usize = 3;
/// The largest number of decisions in a message.
const MAX_DECISIONS: usize = 32;
/// The largest demand, capacity and rate that is believed.
const MAX_VALUE: f64 = 1e6;
/// The lowest rate that is believed: one request a minute.
const MIN_RATE: f64 = 1.0 / 60.0;

impl TabMessage {
    /// Writes the message, to be posted now.
    pub(crate) fn write(&self, now: Instant) -> Vec<f64> {
        let age = |at: Instant| now.since(at).as_js_millis();
        let ScopeReport { demand, in_flight, pause, consecutive, limit } = self.report;
        let (left, began) =
            pause.map_or((0.0, 0.0), |pause| (pause.end.since(now).as_js_millis(), age(pause.began)));
        let (least, most, capacity, filling) = limit.map_or((0.0, 0.0, 0.0, 0.0), |limit| {
            let Bounds { least, most } = limit.bounds;
            (least, most, limit.capacity.unwrap_or(0.0), limit.filling.as_js_millis())
        });
        let header: [f64; HEADER_LENGTH] = [
            VERSION,
            self.id.into(),
            self.number.into(),
            demand,
            in_flight,
            left,
            began,
            consecutive.into(),
            least,
            most,
            capacity,
            filling,
            u8::from(self.asks_demand).into(),
            self.decisions.count.into(),
        ];
        let mut numbers = Vec::from(header);
        for Decision { at, is_throttle } in &self.decisions.latest {
            numbers.extend_from_slice(&[
                age(at.midpoint),
                at.uncertainty * 1e3,
                u8::from(*is_throttle).into(),
            ]);
        }
        numbers
    }

    /// Reads a message that was posted `age` ago; `None` if it is malformed. A pause is limited to `max_pause`.
    pub(crate) fn read(now: Instant, age: Span, numbers: &[f64], max_pause: Span) -> Option<TabMessage> {
        let (header, decisions) = numbers.split_first_chunk::<HEADER_LENGTH>()?;
        let [
            version,
            id,
            number,
            demand,
            in_flight,
            left,
            began,
            consecutive,
            least,
            most,
            capacity,
            filling,
            asks_demand,
            count,
        ] = *header;
        // Casts from floating point saturate.
        let count = count as u32;
        let is_complete = decisions.len() == DECISION_LENGTH * (count as usize).min(MAX_DECISIONS);
        let are_valid = numbers.iter().all(|value| value.is_finite() && *value >= 0.0);
        if version != VERSION || !is_complete || !are_valid {
            return None;
        }
        let ago = |millis: f64| now.before(age + Span::from_js_millis(millis));
        let left = (Span::from_js_millis(left) - age).min(max_pause);
        let pause = (left > Span::ZERO).then(|| SharedPause { began: ago(began), end: now + left });
        let limit = (most > 0.0).then(|| {
            let most = most.clamp(MIN_RATE, MAX_VALUE);
            let bounds = Bounds { least: least.min(most), most };
            let capacity = (capacity >= 1.0).then_some(capacity.min(MAX_VALUE));
            LimitEstimate { bounds, capacity, filling: Span::from_js_millis(filling) }.aged(age)
        });
        let mut latest = Vec::new();
        for decision in decisions.chunks_exact(DECISION_LENGTH) {
            if let &[midpoint, uncertainty, is_throttle] = decision {
                let at = DecisionTime { midpoint: ago(midpoint), uncertainty: uncertainty / 1e3 };
                latest.push(Decision { at, is_throttle: is_throttle > 0.0 });
            }
        }
        let (demand, consecutive) = (demand.min(MAX_VALUE), consecutive as u32);
        Some(TabMessage {
            id: id as u32,
            number: number as u32,
            sent_at: now.before(age),
            asks_demand: asks_demand > 0.0,
            report: ScopeReport { demand, in_flight, pause, consecutive, limit },
            decisions: Decisions { count, latest },
        })
    }
}
