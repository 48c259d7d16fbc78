//! Alarms and metrics beside one another: what is counted rings, and what rings asks for what is counted.

use crate::mistake::Mistake;
use crate::template::{Node, Place, Template, Value};

fn alarms(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::CloudWatch::Alarm")
}

/// The metrics that an alarm names: itself, or in each part of its expression.
fn watched<'a>(alarm: &Place<'a>) -> Vec<Place<'a>> {
    let parts = alarm.property("Metrics").map(|metrics| metrics.elements()).unwrap_or_default();
    let parts = parts.into_iter().filter_map(|part| part.at(&["MetricStat", "Metric"]));
    alarm.get("Properties").into_iter().chain(parts).collect()
}

fn same<'a>(one: &Place<'a>, name: &str, other: &Place<'a>, other_name: &str) -> bool {
    one.get(name).map(|place| place.node()) == other.get(other_name).map(|place| place.node())
}

/// Every metric of the log has an alarm, in its unit.
pub(super) fn rung(template: &Template) -> Vec<Mistake> {
    let published = template
        .resources("AWS::Logs::MetricFilter")
        .filter_map(|filter| filter.property("MetricTransformations"))
        .flat_map(|metrics| metrics.elements());
    published
        .filter_map(|metric| {
            let is_it = |watched: &Place<'_>| {
                same(watched, "Namespace", &metric, "MetricNamespace")
                    && same(watched, "MetricName", &metric, "MetricName")
            };
            let Some(watching) = alarms(template).flat_map(|alarm| watched(&alarm)).find(is_it) else {
                return Some(metric.mistake("no alarm watches it"));
            };
            let is_other = watching.get("Unit").is_some() && !same(&watching, "Unit", &metric, "Unit");
            is_other.then(|| {
                watching.mistake("it asks for another Unit than that of the metric: there is no data")
            })
        })
        .collect()
}

/// Amazon's metrics of an API are asked for by the API's name and its stage.
pub(super) fn dimensions(template: &Template) -> Vec<Mistake> {
    let metrics = alarms(template).flat_map(|alarm| watched(&alarm));
    let amazons = metrics
        .filter(|metric| metric.get("Namespace").is_some_and(|name| name.text() == Some("AWS/ApiGateway")));
    amazons.filter_map(|metric| wrong_dimensions(template, &metric)).collect()
}

fn wrong_dimensions(template: &Template, metric: &Place<'_>) -> Option<Mistake> {
    let dimensions = metric.get("Dimensions").map(|dimensions| dimensions.elements()).unwrap_or_default();
    let value = |name: &str| {
        let is_it =
            |dimension: &&Place<'_>| dimension.get("Name").and_then(|place| place.text()) == Some(name);
        dimensions.iter().find(is_it)?.get("Value").map(|value| value.node())
    };
    let is_stage = |node: &Node| {
        let name = node.reference();
        name.is_some_and(|name| template.resource_type(name) == Some("AWS::ApiGateway::Stage"))
    };
    let api = template.resources("AWS::ApiGateway::RestApi").find_map(|api| api.property("Name"));
    let is_api = value("ApiName").is_some() && value("ApiName") == api.as_ref().map(Place::node);
    if !metric.get("MetricName").and_then(|name| name.text()).is_some_and(|name| METRICS.contains(&name)) {
        return Some(metric.mistake(format!("API Gateway has only the metrics {}", METRICS.join(", "))));
    }
    let is_right = is_api && value("Stage").is_some_and(is_stage) && dimensions.len() == 2;
    (!is_right).then(|| {
        metric
            .mistake("its dimensions have to be ApiName, the Name of the API, and Stage, a reference to one")
    })
}

/// Of an API with a stage, without those of a cache.
pub(super) const METRICS: [&str; 5] = ["4XXError", "5XXError", "Count", "IntegrationLatency", "Latency"];

/// A percentage is `IF(total >= least, 100 * refused / total, 0)`.
pub(super) fn expressions(template: &Template) -> Vec<Mistake> {
    alarms(template).filter_map(|alarm| wrong_expression(&alarm)).collect()
}

fn wrong_expression(alarm: &Place<'_>) -> Option<Mistake> {
    let parts = alarm.property("Metrics")?.elements();
    let metric_of = |part: &&Place<'_>, is_amazons: bool| {
        let namespace = part.at(&["MetricStat", "Metric", "Namespace"]);
        namespace.is_some_and(|name| (name.text() == Some("AWS/ApiGateway")) == is_amazons)
    };
    let id = |is_amazons| parts.iter().find(|part| metric_of(part, is_amazons))?.get("Id")?.text();
    let (Some(refused), Some(total)) = (id(false), id(true)) else {
        return Some(alarm.mistake("an expression needs a metric of this template, and one of API Gateway"));
    };
    let Some(ringing) = parts.iter().find(|part| part.get("Expression").is_some()) else {
        return Some(alarm.mistake("none of its Metrics is an Expression"));
    };
    let rings =
        |part: &Place<'_>| part.get("ReturnData").is_none_or(|data| data.node().truth() == Some(true));
    if !rings(ringing) || parts.iter().filter(|part| rings(part)).count() != 1 {
        return Some(ringing.mistake("ReturnData is true for the expression, and false for all else"));
    }
    let place = ringing.get("Expression")?;
    let text = substituted(place.node(), alarm.template());
    let text: String = text?.split_whitespace().collect();
    let least = text
        .strip_prefix(&format!("IF({total}>="))
        .and_then(|rest| rest.strip_suffix(&format!(",100*{refused}/{total},0)")));
    match least.map(str::parse::<f64>) {
        Some(Ok(least)) if (10.0..=100.0).contains(&least) => None,
        Some(_) => Some(
            place.mistake("a minute counts from 10 to 100 requests on: one client sends no more in a minute"),
        ),
        None => {
            Some(place.mistake(format!(
                "a percentage is written IF({total} >= least, 100 * {refused} / {total}, 0)"
            )))
        }
    }
}

/// A text with `${Name}` replaced by the default of the parameter of that name.
fn substituted(node: &Node, template: &Template) -> Option<String> {
    let text = match &node.value {
        Value::Call(function, argument) if function == "Fn::Sub" => argument.text()?,
        _ => return node.text().map(str::to_owned),
    };
    let names = node
        .references()
        .into_iter()
        .filter_map(|name| Some((name, template.parameter(name)?.get("Default")?.to_string())));
    Some(names.fold(text.to_owned(), |text, (name, default)| text.replace(&format!("${{{name}}}"), &default)))
}

/// Thresholds, each within what its alarm can reach.
pub(super) fn thresholds(template: &Template) -> Vec<Mistake> {
    let wrong = alarms(template).filter_map(|alarm| {
        let threshold = alarm.property("Threshold")?;
        let number = threshold.node().number()?;
        let (range, unit) = if alarm.property("Metrics").is_some() {
            (1.0..=50.0, "percent")
        } else if alarm.property("ExtendedStatistic").is_some() {
            (10.0..=1000.0, "milliseconds")
        } else {
            (0.0..=0.0, "requests: the first refusal is told")
        };
        let message = format!("it has to be from {} to {} {unit}", range.start(), range.end());
        (!range.contains(&number)).then(|| threshold.mistake(message))
    });
    let silent = alarms(template).filter(|alarm| {
        alarm.property("Metrics").is_some()
            && alarm
                .property("OKActions")
                .is_none_or(|actions| actions.node().elements().is_empty() && !actions.node().is_call())
    });
    let of_one_kind = alarms(template).filter(|alarm| {
        let kinds = ["Statistic", "ExtendedStatistic", "Metrics"];
        kinds.iter().filter(|kind| alarm.property(kind).is_some()).count() != 1
    });
    wrong
        .chain(silent.map(|alarm| alarm.mistake("it has no OKActions: nobody is told when it is over")))
        .chain(
            of_one_kind.map(|alarm| alarm.mistake("it needs a Statistic, an ExtendedStatistic or Metrics")),
        )
        .collect()
}
