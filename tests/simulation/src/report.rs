//! The results as a table.

use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{CellAlignment, Table};

use crate::measures::{Measures, Outcome};
use crate::scenario::Scenario;
use crate::targets::{Figure, targets};

/// The results of some scenarios as a table in Markdown.
///
/// A figure with a target shows the target and a mark: `24 ✓ ≤ 28` or `249 ✗ ≤ 28`. If the target lies below what can
/// be reached, it shows `1.14 ✗ ≤ 1.02 < 1.06`. A scenario that the client cannot run shows `not yet`.
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
        "late",
        "quiet tab",
        "last/first",
        "all done",
    ]);
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for (scenario, measures) in results {
        table.add_row(if scenario.is_ready() { row(scenario, measures) } else { not_yet(scenario) });
    }
    table.to_string()
}

/// The meaning of the columns of [`report`].
pub const LEGEND: &str = "\
429s        requests answered with a 429: the median over the seeds, then the 95th percentile
ratio       time to drain / the minimum for a client that knows the limit: median and 95th percentile
reachable   the best ratio without foresight: a client that has the plan, or meets the limit once, keeps the pause
            that it asks for, and knows the plan afterwards. It is not refused again, and cannot foresee travel
            times. If it is above the target: ✗ ≤ target < reachable
peak/s      the most requests sent in any second after a pause, over all seeds
wait        from call to answer: the 99th percentile, the same for a client that knows the limit, and the longest
late        the fraction of the first 500 requests after the second pause that were answered with a 429
quiet tab   the longest time from call to answer in the tab with the fewest calls
last/first  the last client's end / the first client's end
all done    yes if every call ended with the backend's answer, else how many did not with the worst seed";

/// The number of missed targets, and how many of these lie below what can be reached.
#[must_use]
pub fn missed(results: &[(Scenario, Measures)]) -> (usize, usize) {
    let ready = results.iter().filter(|(scenario, _)| scenario.is_ready());
    let missed = ready.flat_map(|(scenario, measures)| {
        let missed = targets(scenario.name).iter().filter(|(figure, most)| measures.figure(*figure) > *most);
        missed.map(|(figure, most)| measures.reachable(*figure) > *most)
    });
    missed.fold((0, 0), |(all, beyond), is_beyond| (all + 1, beyond + usize::from(is_beyond)))
}

fn row(scenario: &Scenario, measures: &Measures) -> Vec<String> {
    let cell = |figure: Figure, value: String| match scenario.target(figure) {
        None => value,
        Some(most) if measures.figure(figure) <= most => format!("{value} ✓ ≤ {most}"),
        Some(most) if most < measures.reachable(figure) => {
            format!("{value} ✗ ≤ {most} < {:.3}", measures.reachable(figure))
        }
        Some(most) => format!("{value} ✗ ≤ {most}"),
    };
    let figure =
        |figure: Figure, decimals: usize| cell(figure, format!("{:.decimals$}", measures.figure(figure)));
    let median = |of: fn(&Outcome) -> f64| measures.over_seeds(0.5, of);
    let has_late = measures.outcomes.iter().any(|outcome| outcome.rejected_late.is_some());
    let late = || cell(Figure::Late, format!("{:.3}", measures.figure(Figure::Late)));
    vec![
        scenario.name.to_owned(),
        scenario.about.to_owned(),
        figure(Figure::Rejections, 0),
        format!("{:.0}", measures.over_seeds(0.95, |outcome| f64::from(outcome.rejections))),
        figure(Figure::Ratio, 3),
        figure(Figure::RatioP95, 3),
        format!("{:.3}", measures.reachable(Figure::Ratio)),
        figure(Figure::Peak, 0),
        figure(Figure::WaitP99, 2),
        format!("{:.2}", median(|outcome| outcome.ideal_wait_p99)),
        format!("{:.2}", median(|outcome| outcome.longest_wait)),
        if has_late { late() } else { String::new() },
        if scenario.clients > 1 { figure(Figure::QuietWait, 2) } else { String::new() },
        if scenario.clients > 1 { figure(Figure::LastOverFirst, 2) } else { String::new() },
        if measures.lost() == 0 {
            "yes".to_owned()
        } else {
            cell(Figure::Lost, format!("no: {:.0} lost", measures.figure(Figure::Lost)))
        },
    ]
}

fn not_yet(scenario: &Scenario) -> Vec<String> {
    let cell = |figure| scenario.target(figure).map_or_else(String::new, |most| format!("not yet ≤ {most}"));
    let [rejections, ratio, ratio_p95, peak, wait, late, quiet_wait, last_over_first] = [
        Figure::Rejections,
        Figure::Ratio,
        Figure::RatioP95,
        Figure::Peak,
        Figure::WaitP99,
        Figure::Late,
        Figure::QuietWait,
        Figure::LastOverFirst,
    ]
    .map(cell);
    let none = String::new;
    vec![
        scenario.name.to_owned(),
        scenario.about.to_owned(),
        rejections,
        none(),
        ratio,
        ratio_p95,
        none(),
        peak,
        wait,
        none(),
        none(),
        late,
        quiet_wait,
        last_over_first,
        "not yet".to_owned(),
    ]
}
