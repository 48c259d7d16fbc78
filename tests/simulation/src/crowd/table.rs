//! The table of crowds.

use std::ops::Range;

use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{CellAlignment, Table};

use crate::crowd::contenders::Contender;
use crate::crowd::outcome::CrowdMeasures;
use crate::crowd::row::CrowdRow;

/// The meaning of the columns of [`crowd_table`].
pub const CROWD_LEGEND: &str = "\
429s        sends that were answered with a 429
ratio       time to drain / the least possible
drained     when the last call ended, in seconds
last/first  when the last user was done / when the first was, each from its own first call
wait p99    from call to answer, the 99th percentile, in seconds
share       of what was admitted until half of the work was done: the share of the client that is named first
lost        calls that did not end with the backend's answer";

/// The figures of some rows as a table in Markdown: medians over the seeds.
#[must_use]
pub fn crowd_table(rows: &[CrowdRow], seeds: &Range<u64>) -> String {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN);
    let figures = ["429s", "ratio", "drained", "last/first", "wait p99", "share", "lost"];
    table.set_header(["crowd", "client"].into_iter().chain(figures));
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for row in rows {
        for clients in row.lines {
            let measures = CrowdMeasures::of(row, clients, seeds.clone());
            table.add_row(line(row, clients, &measures));
        }
    }
    table.to_string()
}

fn line(row: &CrowdRow, clients: &[Contender], measures: &CrowdMeasures) -> Vec<String> {
    let names: Vec<_> = clients.iter().map(|client| client.name()).collect();
    let share = || format!("{:.2}", measures.median(|outcome| outcome.share));
    vec![
        row.name.to_owned(),
        names.join(" + "),
        format!("{:.0}", measures.median(|outcome| outcome.refusals)),
        format!("{:.3}", measures.median(|outcome| outcome.ratio)),
        format!("{:.1}", measures.median(|outcome| outcome.drained)),
        format!("{:.2}", measures.median(|outcome| outcome.last_over_first)),
        format!("{:.1}", measures.median(|outcome| outcome.wait_p99)),
        if clients.len() > 1 { share() } else { String::new() },
        format!("{:.0}", measures.median(|outcome| outcome.lost)),
    ]
}
