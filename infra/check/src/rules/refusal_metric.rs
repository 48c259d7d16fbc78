//! The metrics of refusals, from the access log: API Gateway has no metric of its own for a 429.

use crate::access_log::{field_with, format_of};
use crate::mistake::Mistake;
use crate::template::{Place, Template};

/// A metric that has to be made of the log.
struct Metric {
    /// The variable that the pattern compares.
    compared: &'static str,
    with: &'static str,
    /// The variable whose value is taken; `None` where each line counts as one.
    value: Option<&'static str>,
    unit: &'static str,
}

const METRICS: [Metric; 3] = [
    Metric { compared: "context.error.responseType", with: "\"THROTTLED\"", value: None, unit: "Count" },
    Metric { compared: "context.error.responseType", with: "\"QUOTA_EXCEEDED\"", value: None, unit: "Count" },
    Metric {
        compared: "context.status",
        with: "429",
        value: Some("context.responseLatency"),
        unit: "Milliseconds",
    },
];

pub(super) fn metrics(template: &Template) -> Vec<Mistake> {
    let stages: Vec<_> = template.resources("AWS::ApiGateway::Stage").collect();
    let formats = stages.iter().filter_map(|stage| Some((stage, format_of(stage)?.text()?)));
    formats
        .flat_map(|(stage, format)| METRICS.iter().flat_map(move |metric| wrong(stage, format, metric)))
        .collect()
}

fn wrong(stage: &Place<'_>, format: &str, metric: &Metric) -> Vec<Mistake> {
    let Some(field) = field_with(format, metric.compared) else {
        return vec![stage.mistake(format!("its access log has no ${}", metric.compared))];
    };
    let pattern = format!("{{ $.{field} = {} }}", metric.with);
    let filters = stage.template().resources("AWS::Logs::MetricFilter");
    let mut counting = filters.filter(|filter| {
        filter.text_of("FilterPattern").is_some_and(|known| spaced(known) == spaced(&pattern))
    });
    let Some(filter) = counting.next() else {
        return vec![stage.mistake(format!("no metric filter has the pattern {pattern}: nobody counts it"))];
    };
    let transformations =
        filter.property("MetricTransformations").map(|list| list.elements()).unwrap_or_default();
    let Some(made) = transformations.first() else {
        return vec![filter.mistake("it has no MetricTransformations: it counts nothing")];
    };
    let value = match metric.value {
        None => "1".to_owned(),
        Some(variable) => format!("$.{}", field_with(format, variable).unwrap_or_default()),
    };
    let mut wanted = vec![("MetricValue", value), ("Unit", metric.unit.to_owned())];
    if metric.value.is_none() {
        wanted.push(("DefaultValue", "0".to_owned()));
    }
    let different = wanted
        .into_iter()
        .filter(|(name, wanted)| made.get(name).is_none_or(|place| place.node().to_string() != *wanted));
    different.map(|(name, wanted)| made.mistake(format!("{name} has to be {wanted}"))).collect()
}

fn spaced(pattern: &str) -> String {
    pattern.split_whitespace().collect()
}
