//! The theoretical minimum.

use api_service_client::time::Span;
use simulation::{Minimum, Outcome, Scenario, catalogue, minimum, minimum_after_first_pause, reachable, run};

fn scenario(name: &str) -> Scenario {
    catalogue().into_iter().find(|scenario| scenario.name == name).expect("a scenario of the catalogue")
}

fn drained(of: fn(&Scenario, &simulation::Record) -> Minimum, name: &str) -> Span {
    let scenario = scenario(name);
    of(&scenario, &run(&scenario, 1)).drained
}

#[test]
fn a_token_bucket_takes_what_its_burst_leaves_at_its_rate_and_one_round_trip() {
    // (requests - burst) ÷ rate + shortest round trip, in milliseconds.
    for (name, millis) in [
        ("A", 300 * 600 + 20),
        ("C", 280 * 100 + 20),
        ("J", 1_900 * 5 + 20),
        ("L", 280 * 100 + 100),
        ("A 5000", 4_800 * 600 + 20),
    ] {
        assert_eq!(drained(minimum, name), Span::from_millis(millis), "{name}");
    }
}

#[test]
fn a_change_of_the_plan_counts_from_the_moment_it_happens() {
    // The bucket is full until the first arrival at 10 ms: 20 + 199.9 by 20 s, 120 more by 80 s, and the last 260.1
    // at 10 a second.
    assert_eq!(drained(minimum, "F"), Span::from_millis(80_000 + 26_010 + 10));
}

#[test]
fn windows_and_slots_are_counted_one_after_the_other() {
    // Ten windows of 10 s hold 1,000 requests: the last begins after nine.
    assert_eq!(drained(minimum, "window"), Span::from_millis(9 * 10_000 + 20));
    // 1,000 requests, 8 at once, are 125 rounds of 200 ms.
    assert_eq!(drained(minimum, "concurrency"), Span::from_millis(125 * 200 + 20));
    // One request every 100 ms.
    assert_eq!(drained(minimum, "leaky"), Span::from_millis(999 * 100 + 20));
}

#[test]
fn a_pause_costs_nothing_while_the_bucket_has_room_for_what_comes_in() {
    for name in ["A", "B", "C", "F", "L"] {
        assert_eq!(drained(minimum_after_first_pause, name), drained(minimum, name), "{name}");
    }
}

#[test]
fn a_pause_that_is_longer_than_the_bucket_takes_to_fill_costs_the_rest() {
    // The bucket fills in 500 ms. The pause with its round trip takes 1,020 ms, less what was left of a token.
    let lost = drained(minimum_after_first_pause, "J") - drained(minimum, "J");
    assert!((Span::from_millis(515)..=Span::from_millis(525)).contains(&lost), "{lost:?}");
}

#[test]
fn what_can_be_reached_knows_a_plan_from_the_start_and_no_latency() {
    let reached = |name: &str| {
        let scenario = scenario(name);
        reachable(&scenario, &run(&scenario, 1))
    };
    // The last round trips take up to 40 ms, or 400 ms, longer than the shortest. No client can avoid that.
    for (name, more) in [("A plan", 40), ("C plan", 40), ("J plan", 40), ("L plan", 400)] {
        let minimum = drained(minimum, name);
        let latest = minimum + Span::from_millis(more);
        assert!((minimum..=latest).contains(&reached(name)), "{name}: {:?}, {minimum:?}", reached(name));
    }
    assert!(reached("L plan") > drained(minimum, "L plan") + Span::from_millis(100));
    assert!(reached("J") > reached("J plan") + Span::from_millis(500));
}

#[test]
fn no_run_is_faster_than_the_minimum() {
    for scenario in catalogue().iter().filter(|scenario| scenario.is_ready() && scenario.outage.is_none()) {
        for seed in 1..=5 {
            let outcome = Outcome::of(scenario, &run(scenario, seed));
            assert!(outcome.ratio >= 1.0, "{} {seed}: {}", scenario.name, outcome.ratio);
            assert!(outcome.reachable >= 1.0, "{} {seed}: {}", scenario.name, outcome.reachable);
        }
    }
}
