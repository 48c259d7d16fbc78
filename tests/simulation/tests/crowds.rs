//! Many users of one bucket, who know nothing of each other: the figures of their clients together, with twenty seeds in
//! virtual time.

use simulation::{Contender, CrowdMeasures, CrowdRow, crowd_rows, crowd_table, run_crowd};

/// Upper bounds of a row's figures: the medians over the seeds.
struct Bound {
    row: &'static str,
    refusals: f64,
    ratio: f64,
    last_over_first: f64,
    wait_p99: f64,
}

const BOUNDS: &[Bound] = &[
    bound("50 × 20 at once", 1_400.0, 1.08, 3.5, 52.0),
    bound("50 × 20, Retry-After: 1", 1_300.0, 1.10, 4.0, 52.0),
    bound("300 × 4 after an outage", 2_300.0, 1.35, 22.0, 26.0),
    bound("60, Poisson at 1.1", 1_700.0, 1.03, 1.3, 58.0),
    bound("60, Poisson at 0.9", 0.0, 1.001, 1.2, 0.1),
    bound("8 × 100 at once", 220.0, 1.2, 2.4, 46.0),
    bound("20 × 50 at once", 600.0, 1.13, 2.8, 54.0),
    bound("200 × 10 at once", 6_200.0, 1.06, 5.0, 100.0),
    bound("50 × 20 over 60 s", 380.0, 1.03, 230.0, 9.0),
    bound("50 × 20, half and half", 1_500.0, 1.06, 8.0, 51.0),
];

/// The rows in which all users come at one instant.
const AT_ONCE: &[&str] = &[
    "50 × 20 at once",
    "50 × 20, Retry-After: 1",
    "300 × 4 after an outage",
    "8 × 100 at once",
    "20 × 50 at once",
    "200 × 10 at once",
];

const fn bound(row: &'static str, refusals: f64, ratio: f64, last_over_first: f64, wait_p99: f64) -> Bound {
    Bound { row, refusals, ratio, last_over_first, wait_p99 }
}

fn row(name: &str) -> CrowdRow {
    crowd_rows().into_iter().find(|row| row.name == name).expect("a row of the table")
}

#[test]
fn every_crowd_keeps_within_its_bounds() {
    let mut broken = Vec::new();
    for bound in BOUNDS {
        let row = row(bound.row);
        let measures = CrowdMeasures::of(&row, row.lines[0], 1..=20);
        let figures = [
            ("429s", measures.median(|outcome| outcome.refusals), bound.refusals),
            ("ratio", measures.median(|outcome| outcome.ratio), bound.ratio),
            ("last/first", measures.median(|outcome| outcome.last_over_first), bound.last_over_first),
            ("wait p99", measures.median(|outcome| outcome.wait_p99), bound.wait_p99),
        ];
        let beyond = figures.iter().filter(|(_, reached, most)| reached > most);
        broken.extend(
            beyond.map(|(figure, reached, most)| {
                format!("{} {figure}: {reached:.3}, at most {most}", bound.row)
            }),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_crowd_that_comes_at_one_instant_is_refused_less_often_than_with_the_adaptive_limiter() {
    for name in AT_ONCE {
        let row = row(name);
        let refusals = |client| CrowdMeasures::of(&row, &[client], 1..=5).median(|outcome| outcome.refusals);
        let (ours, adaptive) = (refusals(Contender::Ours), refusals(Contender::Adaptive));
        assert!(ours < adaptive, "{name}: {ours}, with the adaptive limiter {adaptive}");
    }
}

#[test]
fn every_row_has_its_bounds() {
    let rows: Vec<_> = crowd_rows().iter().map(|row| row.name).collect();
    let bounds: Vec<_> = BOUNDS.iter().map(|bound| bound.row).collect();
    assert_eq!(rows, bounds);
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let row = row("50 × 20, half and half");
    let run = |seed| run_crowd(&row, row.lines[0], seed);
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn the_gateway_admits_each_call_once_and_no_more_than_its_plan_allows() {
    let row = row("8 × 100 at once");
    for clients in row.lines {
        let crowded = run_crowd(&row, clients, 1);
        assert_eq!(crowded.admitted.len(), crowded.calls.len(), "{clients:?}");
        let (burst, rate) = (f64::from(row.plan.burst), row.plan.rate.as_per_second());
        for (count, (at, _)) in crowded.admitted.iter().enumerate() {
            let secs = at.since(crowded.admitted[0].0).as_secs();
            assert!(count as f64 <= burst + rate * secs, "{clients:?}: {count} in {secs} s");
        }
    }
}

#[test]
fn a_client_alone_drains_a_crowd_of_one_as_its_models_do_elsewhere() {
    // 1,000 calls of one user: the limit is met once, and 960 of them wait for their tokens.
    let alone =
        CrowdRow { users: 1, arrivals: simulation::Arrivals::AtOnce(1_000), ..row("20 × 50 at once") };
    for client in [Contender::Ours, Contender::Adaptive, Contender::Serial] {
        let ratio = CrowdMeasures::of(&alone, &[client], 1..=5).median(|outcome| outcome.ratio);
        assert!((1.0..=1.1).contains(&ratio), "{client:?}: {ratio:.3}");
    }
}

#[test]
fn the_table_names_every_client_of_a_row() {
    let row = row("60, Poisson at 0.9");
    let table = crowd_table(&[row], &(1..2));
    for clients in row.lines {
        assert!(table.contains(clients[0].name()), "{table}");
    }
}
