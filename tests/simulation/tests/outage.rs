//! Thirty seconds without a network, for a client that resends opaque failures.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use api_service_client::time::{Instant, Span};
use simulation::{Ending, Event, Outage, Record, Scenario, What, catalogue, run};

fn scenario(name: &str) -> (Scenario, Outage) {
    let scenario = catalogue().into_iter().find(|scenario| scenario.name == name).expect("a scenario");
    (scenario, scenario.outage.expect("an outage"))
}

fn during(record: &Record, outage: Outage) -> impl Iterator<Item = &Event> {
    record.events.iter().filter(move |event| outage.covers(event.at))
}

fn count(events: impl Iterator<Item = impl Borrow<Event>>, counts: impl Fn(What) -> bool) -> usize {
    events.filter(|event| counts(event.borrow().what)).count()
}

/// Requests in flight when the network goes look like one throttle more. They alone are sent a second time.
#[test]
fn what_fails_for_want_of_a_network_is_its_callers_and_not_sent_again() {
    let (scenario, outage) = scenario("outage");
    for seed in 1..=20 {
        let record = run(&scenario, seed);
        let failed = count(during(&record, outage), |what| matches!(what, What::Ended(_, Ending::Failed)));
        assert!(failed > 150, "seed {seed}: {failed} calls fail");
        let again = during(&record, outage).filter_map(|event| match event.what {
            What::Sent(send) if send.attempt > 1 => Some(send.request),
            _ => None,
        });
        let again: Vec<_> = again.collect();
        let on_the_wire = scenario.setup.max_in_flight as usize;
        assert!(again.len() <= on_the_wire, "seed {seed}: {} are sent again", again.len());
    }
}

#[test]
fn nobody_waits_for_an_error_longer_than_a_probe_may_take() {
    let (scenario, outage) = scenario("outage");
    for seed in 1..=20 {
        let mut lost = BTreeMap::new();
        for event in during(&run(&scenario, seed), outage) {
            match event.what {
                What::Lost(send) => {
                    lost.insert(send.request, event.at);
                }
                What::Ended(request, Ending::Failed) => {
                    assert!(event.at.since(lost[&request]) <= Span::from_secs(2), "seed {seed}: {request:?}");
                }
                _ => {}
            }
        }
        assert!(lost.len() > 150, "seed {seed}: {} are lost", lost.len());
    }
}

#[test]
fn nothing_is_sent_while_the_browser_says_that_there_is_no_network() {
    let (scenario, outage) = scenario("offline");
    for seed in 1..=20 {
        let record = run(&scenario, seed);
        assert_eq!(count(during(&record, outage), |what| matches!(what, What::Sent(_))), 0, "seed {seed}");
    }
}

#[test]
fn the_first_second_with_a_network_begins_with_one_request_alone() {
    let (scenario, outage) = scenario("offline");
    let back = Instant::START + outage.until;
    for seed in 1..=20 {
        let record = run(&scenario, seed);
        let later = || record.events.iter().filter(|event| event.at >= back);
        let first_answer =
            later().find(|event| matches!(event.what, What::Answered(_))).expect("an answer").at;
        let before = later().filter(|event| event.at < first_answer);
        assert_eq!(count(before, |what| matches!(what, What::Sent(_))), 1, "seed {seed}");
        let in_a_second = later().filter(|event| event.at.since(back) < Span::from_secs(1));
        let sends = count(in_a_second, |what| matches!(what, What::Sent(_)));
        assert!((2..=30).contains(&sends), "seed {seed}: {sends}");
    }
}
