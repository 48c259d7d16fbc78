//! The figures of a crowd.

use std::collections::BTreeMap;

use api_service_client::time::{Instant, Span};

use crate::client::Ending;
use crate::crowd::contenders::Contender;
use crate::crowd::network::{Crowded, LATENCY, run_crowd};
use crate::crowd::row::CrowdRow;
use crate::gateway::{ClientId, Gateway, TokenBucket, Verdict};
use crate::measures::percentile;

/// The figures of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CrowdOutcome {
    /// Sends that were answered with a 429.
    pub refusals: f64,
    /// The end of the last call, in seconds.
    pub drained: f64,
    /// The time to drain ÷ the least possible.
    pub ratio: f64,
    /// The last user's time to finish ÷ the first one's, each counted from its own first call.
    pub last_over_first: f64,
    /// The 99th percentile of the time from a call to its end, in seconds.
    pub wait_p99: f64,
    /// Of what was admitted until half of the work was done, the share of those who have the first of the clients.
    pub share: f64,
    /// Calls that did not end with the backend's answer.
    pub lost: f64,
}

impl CrowdOutcome {
    /// Reads the figures off a run of this row, whose users had these clients in turn.
    #[must_use]
    pub fn of(row: &CrowdRow, clients: &[Contender], crowded: &Crowded) -> CrowdOutcome {
        let is_answered = |ended: &&Option<(Instant, Ending)>| matches!(ended, Some((_, Ending::Answered)));
        let drained = secs(crowded.ended.iter().flatten().map(|(at, _)| *at).max().unwrap_or(Instant::START));
        CrowdOutcome {
            refusals: f64::from(crowded.refusals),
            drained,
            ratio: drained / least(row, crowded),
            last_over_first: last_over_first(crowded),
            wait_p99: percentile(&waits(crowded), 0.99),
            share: share(clients, crowded),
            lost: (crowded.calls.len() - crowded.ended.iter().filter(is_answered).count()) as f64,
        }
    }
}

/// The figures with every seed.
#[derive(Debug, Clone)]
pub struct CrowdMeasures {
    /// One for each seed.
    pub outcomes: Vec<CrowdOutcome>,
}

impl CrowdMeasures {
    /// Runs the row with each of the seeds.
    #[must_use]
    pub fn of(row: &CrowdRow, clients: &[Contender], seeds: impl IntoIterator<Item = u64>) -> CrowdMeasures {
        let outcome = |seed| CrowdOutcome::of(row, clients, &run_crowd(row, clients, seed));
        CrowdMeasures { outcomes: seeds.into_iter().map(outcome).collect() }
    }

    /// The median over the seeds.
    #[must_use]
    pub fn median(&self, of: impl Fn(&CrowdOutcome) -> f64) -> f64 {
        percentile(&self.outcomes.iter().map(of).collect::<Vec<_>>(), 0.5)
    }
}

/// The least time in which a client that knows everything could drain all calls: each is admitted at the first moment
/// at which there is a token, and travels as quickly as the latency allows.
fn least(row: &CrowdRow, crowded: &Crowded) -> f64 {
    let (mut gateway, trip) = (TokenBucket::new(row.plan), LATENCY.least());
    let (mut now, all) = (Instant::START, ClientId(0));
    for (_, at) in &crowded.calls {
        now = now.max(*at + trip.there);
        now = gateway.earliest(now, all).unwrap_or(now);
        let verdict = gateway.decide(now, all);
        debug_assert_eq!(verdict, Verdict::Admitted, "there is a token");
    }
    secs(now + trip.back)
}

fn last_over_first(crowded: &Crowded) -> f64 {
    let mut took: BTreeMap<ClientId, (Instant, Span)> = BTreeMap::new();
    for ((user, called), ended) in crowded.calls.iter().zip(&crowded.ended) {
        let Some((at, _)) = ended else { continue };
        let (first, longest) = took.entry(*user).or_insert((*called, Span::ZERO));
        *longest = (*longest).max(at.since(*first));
    }
    let secs = |span: Option<Span>| span.map_or(0.0, Span::as_secs);
    let spans = || took.values().map(|(_, span)| *span);
    secs(spans().max()) / secs(spans().min()).max(1e-3)
}

fn waits(crowded: &Crowded) -> Vec<f64> {
    let both = crowded.calls.iter().zip(&crowded.ended);
    both.filter_map(|((_, called), ended)| Some(ended.as_ref()?.0.since(*called).as_secs())).collect()
}

fn share(clients: &[Contender], crowded: &Crowded) -> f64 {
    let half = crowded.calls.len() / 2;
    let early = || crowded.admitted.iter().take(half);
    let firsts = early().filter(|(_, user)| (user.0 as usize).is_multiple_of(clients.len())).count();
    firsts as f64 / early().count().max(1) as f64
}

fn secs(at: Instant) -> f64 {
    at.since(Instant::START).as_secs()
}
