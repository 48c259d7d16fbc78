//! The results as JSON.

use serde_json::{Value, json};

use crate::measures::Measures;
use crate::scenario::Scenario;
use crate::targets::Figure;

/// The results of some scenarios as JSON: medians over the seeds, by scenario. Scenarios that the client cannot run
/// are left out.
#[must_use]
pub fn json(results: &[(Scenario, Measures)]) -> Value {
    results
        .iter()
        .filter(|(scenario, _)| scenario.is_ready())
        .map(|(scenario, measures)| {
            let figures = json!({
                "rejections": measures.figure(Figure::Rejections),
                "ratio": measures.figure(Figure::Ratio),
                "waitP99": measures.figure(Figure::WaitP99),
                "idealWaitP99": measures.over_seeds(0.5, |outcome| outcome.ideal_wait_p99),
                "lastOverFirst": measures.figure(Figure::LastOverFirst),
                "lost": measures.lost(),
            });
            (scenario.name.to_owned(), figures)
        })
        .collect()
}
