use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{CellAlignment, Table};

use crate::measures::Measures;
use crate::scenario::{Figure, Scenario};

/// The table of what scenarios came to, as Markdown. A figure with a target is followed by it: `✓ ≤ 28`, or `✗`.
#[must_use]
pub fn report(results: &[(Scenario, Measures)]) -> String {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN);
    table.set_header([
        "",
        "scenario",
        "429s",
        "p95",
        "ratio",
        "p95",
        "reachable",
        "peak/s",
        "wait p99",
        "ideal",
        "longest",
        "late 429s",
        "lost",
    ]);
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for (scenario, measures) in results {
        table.add_row(row(scenario, measures));
    }
    table.to_string()
}

/// Whether everything that scenarios promise was reached, and nothing broken.
#[must_use]
pub fn missed(results: &[(Scenario, Measures)]) -> usize {
    results
        .iter()
        .filter(|(scenario, _)| scenario.is_ready())
        .flat_map(|(scenario, measures)| {
            scenario.targets.iter().filter(|target| measures.figure(target.figure) > target.most)
        })
        .count()
}

fn row(scenario: &Scenario, measures: &Measures) -> Vec<String> {
    let p95 = |of: fn(&crate::measures::Outcome) -> f64| measures.over_seeds(0.95, of);
    let median = |of: fn(&crate::measures::Outcome) -> f64| measures.over_seeds(0.5, of);
    let target = |figure: Figure, value: String| with_target(scenario, measures, figure, value);
    let late: Vec<f64> = measures.outcomes.iter().filter_map(|outcome| outcome.rejected_late).collect();
    vec![
        scenario.name.to_owned(),
        scenario.about.to_owned(),
        target(Figure::Rejections, format!("{:.0}", measures.figure(Figure::Rejections))),
        format!("{:.0}", p95(|outcome| f64::from(outcome.rejections))),
        target(Figure::Ratio, format!("{:.3}", measures.figure(Figure::Ratio))),
        target(Figure::RatioP95, format!("{:.3}", measures.figure(Figure::RatioP95))),
        format!("{:.3}", median(|outcome| outcome.reachable)),
        format!("{:.0}", median(|outcome| f64::from(outcome.peak_after_pause))),
        target(Figure::WaitP99, format!("{:.1} s", measures.figure(Figure::WaitP99))),
        format!("{:.1} s", median(|outcome| outcome.ideal_wait_p99)),
        format!("{:.1} s", median(|outcome| outcome.longest_wait)),
        if late.is_empty() {
            "–".to_owned()
        } else {
            format!("{:.1} %", 100.0 * crate::measures::percentile(&late, 0.5))
        },
        measures.lost().to_string(),
    ]
}

fn with_target(scenario: &Scenario, measures: &Measures, figure: Figure, value: String) -> String {
    let Some(target) = scenario.targets.iter().find(|target| target.figure == figure) else { return value };
    let mark = if !scenario.is_ready() {
        "not yet"
    } else if measures.figure(figure) <= target.most {
        "✓"
    } else {
        "✗"
    };
    format!("{value} {mark} ≤ {}", target.most)
}
