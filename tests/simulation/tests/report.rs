//! The table, the trace and the plot of a run.

use std::fs;
use std::path::Path;

use api_service_client::time::Span;
use simulation::{Figure, Measures, Scenario, Trace, catalogue, json, missed, percentile, plot, report, run};

fn scenario(name: &str) -> Scenario {
    catalogue().into_iter().find(|scenario| scenario.name == name).expect("a scenario of the catalogue")
}

fn results(name: &str) -> Vec<(Scenario, Measures)> {
    let scenario = scenario(name);
    vec![(scenario, Measures::of(&scenario, 1..=3))]
}

/// The cells of a table with a single row.
fn cells(table: &str) -> Vec<String> {
    let row = table.lines().nth(2).expect("a row below the head and the line");
    row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn a_target_that_is_reached_is_marked() {
    let results = results("trickle");
    assert_eq!(cells(&report(&results))[2], "0 ✓ ≤ 0");
    assert_eq!(missed(&results), (0, 0));
}

#[test]
fn a_target_that_is_missed_is_marked_and_counted() {
    // The plan of C is called faster than it allows, and measured by the bound for slower calls.
    let hopeless = Scenario { workload: scenario("overload").workload, ..scenario("trickle") };
    let results = [(hopeless, Measures::of(&hopeless, 1..=3))];
    assert!(cells(&report(&results))[2].ends_with("✗ ≤ 0"));
    assert_eq!(missed(&results), (2, 0));
}

#[test]
fn a_scenario_that_is_not_ready_is_listed_and_not_run() {
    let Some(waiting) = catalogue().into_iter().find(|scenario| !scenario.is_ready()) else { return };
    let measures = Measures::of(&waiting, 1..=3);
    assert!(measures.outcomes.is_empty());
    let results = [(waiting, measures)];
    assert_eq!(cells(&report(&results)).last().map(String::as_str), Some("not yet"));
    assert_eq!(missed(&results), (0, 0));
}

#[test]
fn figures_are_medians_over_the_seeds() {
    let measures = &results("C")[0].1;
    let mut rejections: Vec<u32> = measures.outcomes.iter().map(|outcome| outcome.rejections).collect();
    rejections.sort_unstable();
    assert!((measures.figure(Figure::Rejections) - f64::from(rejections[1])).abs() < 0.5);
}

#[test]
fn other_programs_are_told_the_medians_of_what_has_been_run() {
    let waiting = catalogue().into_iter().filter(|scenario| !scenario.is_ready());
    let not_run = waiting.map(|scenario| (scenario, Measures::of(&scenario, 1..=3)));
    let results: Vec<_> = results("C").into_iter().chain(not_run).collect();
    let written = json(&results);
    assert_eq!(written.as_object().map(serde_json::Map::len), Some(1));
    assert_eq!(written["C"]["rejections"], results[0].1.figure(Figure::Rejections));
    assert_eq!(written["C"]["ratio"], results[0].1.figure(Figure::Ratio));
}

#[test]
fn a_percentile_is_the_smallest_value_that_is_not_below_its_share() {
    let values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
    for (share, value) in [(0.5, 10.0), (0.95, 19.0), (0.99, 20.0), (1.0, 20.0), (0.0, 1.0)] {
        assert!((percentile(&values, share) - value).abs() < 1e-9, "{share}");
    }
    assert!(percentile(&[], 0.5).abs() < 1e-9);
}

#[test]
fn a_trace_tells_what_happened_between_two_moments() {
    let record = run(&scenario("C"), 1);
    let all = Trace { record: &record, from: Span::ZERO, to: Span::from_secs(100) }.to_string();
    for line in [
        "send    > #0 ",
        "admit   | #0 ",
        "answer  < #0 ",
        "REFUSE  | #",
        "429     < #",
        "PAUSE     for 1.",
        "RESUME",
    ] {
        assert!(all.contains(line), "no '{line}'");
    }
    let later = Trace { record: &record, from: Span::from_secs(1), to: Span::from_secs(2) }.to_string();
    assert!(later.lines().skip(1).all(|line| line.trim_start().starts_with("1.")));
    assert!((2..all.lines().count()).contains(&later.lines().count()));
}

#[test]
fn a_plot_is_an_svg_with_the_title_and_the_pauses() {
    let c = scenario("C");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("C.svg");
    plot(&c, &run(&c, 1), &file).unwrap();
    let svg = fs::read_to_string(&file).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("10/s burst 20, 300 at once"));
    // The colour of a pause.
    assert!(svg.contains("#F0DCAA"));
}
