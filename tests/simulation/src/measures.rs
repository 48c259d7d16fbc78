//! The figures of a run, and of all runs of a scenario.

use std::collections::{BTreeMap, HashSet};

use api_service_client::throttle::Notice;
use api_service_client::time::{Instant, Span};

use crate::client::{Ending, RequestId};
use crate::gateway::ClientId;
use crate::oracle::{minimum, reachable};
use crate::record::{Event, Record, What};
use crate::scenario::Scenario;
use crate::targets::Figure;
use crate::world::run;

/// The figures of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Attempts answered with a 429.
    pub rejections: u32,
    /// The time to drain ÷ [`minimum`].
    pub ratio: f64,
    /// [`reachable`] ÷ [`minimum`]: the ratio that a client without foresight can reach.
    pub reachable: f64,
    /// The most requests sent in any second, over all clients that have had a pause.
    pub peak_after_pause: u32,
    /// The longest time from call to answer, in seconds.
    pub longest_wait: f64,
    /// The 99th percentile of the time from call to answer, in seconds.
    pub wait_p99: f64,
    /// The same percentile for the client that knows everything.
    pub ideal_wait_p99: f64,
    /// The fraction of the first 500 requests after the second pause that were answered with a 429; `None` without a
    /// second pause.
    pub rejected_late: Option<f64>,
    /// The longest time from call to answer in the tab with the fewest calls, in seconds.
    pub quiet_wait: f64,
    /// The last client's end ÷ the first client's end.
    pub last_over_first: f64,
    /// Calls that did not end with the backend's answer.
    pub lost: u32,
    /// Violated rules.
    pub broken: Vec<String>,
}

/// The number of requests after the second pause that show whether a client has learned.
const LATE: usize = 500;

impl Outcome {
    /// Computes the figures from the record of a run.
    #[must_use]
    pub fn of(scenario: &Scenario, record: &Record) -> Outcome {
        let best = minimum(scenario, record);
        let waits = waits(record);
        Outcome {
            rejections: count(record, |what| matches!(what, What::Throttled(..))),
            ratio: drained(record).as_secs() / best.drained.as_secs(),
            reachable: reachable(scenario, record).as_secs() / best.drained.as_secs(),
            peak_after_pause: peak_after_pause(record),
            longest_wait: percentile(&waits, 1.0),
            wait_p99: percentile(&waits, 0.99),
            ideal_wait_p99: percentile(
                &best.waits.iter().map(|wait| wait.as_secs()).collect::<Vec<_>>(),
                0.99,
            ),
            rejected_late: rejected_late(record),
            quiet_wait: quiet_wait(record),
            last_over_first: last_over_first(record),
            lost: count(record, |what| matches!(what, What::Ended(_, ending) if ending != Ending::Answered)),
            broken: record.broken.clone(),
        }
    }
}

/// The results of a scenario over all seeds.
#[derive(Debug, Clone)]
pub struct Measures {
    /// The figures of each seed.
    pub outcomes: Vec<Outcome>,
}

impl Measures {
    /// Runs the scenario with each seed; `None` if the client lacks a required feature.
    #[must_use]
    pub fn of(scenario: &Scenario, seeds: impl IntoIterator<Item = u64>) -> Measures {
        let seeds = seeds.into_iter().filter(|_| scenario.is_ready());
        Measures { outcomes: seeds.map(|seed| Outcome::of(scenario, &run(scenario, seed))).collect() }
    }

    /// A percentile over the seeds of any value of an outcome.
    #[must_use]
    pub fn over_seeds(&self, share: f64, of: impl Fn(&Outcome) -> f64) -> f64 {
        percentile(&self.outcomes.iter().map(of).collect::<Vec<_>>(), share)
    }

    /// The value of a figure that has a target.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> f64 {
        match figure {
            Figure::Rejections => self.over_seeds(0.5, |outcome| f64::from(outcome.rejections)),
            Figure::Ratio => self.over_seeds(0.5, |outcome| outcome.ratio),
            Figure::RatioP95 => self.over_seeds(0.95, |outcome| outcome.ratio),
            Figure::WaitP99 => self.over_seeds(0.5, |outcome| outcome.wait_p99),
            Figure::QuietWait => self.over_seeds(0.5, |outcome| outcome.quiet_wait),
            Figure::LastOverFirst => self.over_seeds(0.5, |outcome| outcome.last_over_first),
            Figure::Late => {
                let late = self.outcomes.iter().filter_map(|outcome| outcome.rejected_late);
                percentile(&late.collect::<Vec<_>>(), 0.5)
            }
            Figure::Lost => self.over_seeds(1.0, |outcome| f64::from(outcome.lost)),
            Figure::Peak => self.over_seeds(1.0, |outcome| f64::from(outcome.peak_after_pause)),
        }
    }

    /// The best value that a client can reach in a figure; zero if unknown.
    #[must_use]
    pub fn reachable(&self, figure: Figure) -> f64 {
        match figure {
            Figure::Ratio => self.over_seeds(0.5, |outcome| outcome.reachable),
            Figure::RatioP95 => self.over_seeds(0.95, |outcome| outcome.reachable),
            _ => 0.0,
        }
    }

    /// Calls that did not end with the backend's answer, over all seeds.
    #[must_use]
    pub fn lost(&self) -> u32 {
        self.outcomes.iter().map(|outcome| outcome.lost).sum()
    }

    /// Violated rules, over all seeds.
    #[must_use]
    pub fn broken(&self) -> Vec<&str> {
        self.outcomes.iter().flat_map(|outcome| &outcome.broken).map(String::as_str).collect()
    }
}

/// The smallest value that is at least as large as this fraction of all values; zero if there are none.
#[must_use]
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

fn count(record: &Record, counts: impl Fn(What) -> bool) -> u32 {
    record.events.iter().filter(|event| counts(event.what)).count() as u32
}

fn ends(record: &Record) -> impl Iterator<Item = (&Event, RequestId)> {
    record.events.iter().filter_map(|event| Some((event, event.ended()?)))
}

fn drained(record: &Record) -> Span {
    ends(record).map(|(event, _)| event.at.since(Instant::START)).max().unwrap_or(Span::ZERO)
}

fn waits(record: &Record) -> Vec<f64> {
    ends(record)
        .filter_map(|(event, request)| {
            record.calls.get(request.0 as usize).map(|(_, called)| event.at.since(*called).as_secs())
        })
        .collect()
}

fn quiet_wait(record: &Record) -> f64 {
    let mut longest: BTreeMap<ClientId, (u32, f64)> = BTreeMap::new();
    for (event, request) in ends(record) {
        let Some((_, called)) = record.calls.get(request.0 as usize) else { continue };
        let (calls, wait) = longest.entry(event.client).or_default();
        *calls += 1;
        *wait = event.at.since(*called).as_secs().max(*wait);
    }
    longest.values().min_by_key(|(calls, _)| *calls).map_or(0.0, |(_, wait)| *wait)
}

fn last_over_first(record: &Record) -> f64 {
    let mut done: BTreeMap<ClientId, Instant> = BTreeMap::new();
    for (event, _) in ends(record) {
        done.insert(event.client, event.at);
    }
    let secs = |at: Option<&Instant>| at.map_or(0.0, |at| at.since(Instant::START).as_secs());
    secs(done.values().max()) / secs(done.values().min())
}

/// The events of each client from its n-th pause on.
fn after_pause(record: &Record, nth: u32) -> impl Iterator<Item = &Event> {
    let mut pauses: BTreeMap<ClientId, u32> = BTreeMap::new();
    record.events.iter().filter(move |event| {
        let pauses = pauses.entry(event.client).or_default();
        *pauses += u32::from(matches!(event.what, What::Noticed(Notice::Throttled { .. })));
        *pauses >= nth
    })
}

fn peak_after_pause(record: &Record) -> u32 {
    let second = Span::from_secs(1);
    let sends: Vec<Instant> = after_pause(record, 1)
        .filter(|event| matches!(event.what, What::Sent(_)))
        .map(|event| event.at)
        .collect();
    let in_a_second = |(first, at): (usize, &Instant)| {
        sends.partition_point(|later| later.since(*at) < second).saturating_sub(first)
    };
    sends.iter().enumerate().map(in_a_second).max().unwrap_or(0) as u32
}

fn rejected_late(record: &Record) -> Option<f64> {
    let rejected: HashSet<u32> = record
        .events
        .iter()
        .filter_map(|event| match event.what {
            What::Refused(send, _) => Some(send.number),
            _ => None,
        })
        .collect();
    let late: Vec<u32> = after_pause(record, 2)
        .filter_map(|event| match event.what {
            What::Sent(send) => Some(send.number),
            _ => None,
        })
        .take(LATE)
        .collect();
    let refused = late.iter().filter(|number| rejected.contains(number)).count();
    (!late.is_empty()).then(|| refused as f64 / late.len() as f64)
}
