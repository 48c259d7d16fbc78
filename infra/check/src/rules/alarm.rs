//! `AWS::CloudWatch::Alarm`: one that watches nothing is as silent as one that has nothing to say.

use crate::mistake::Mistake;
use crate::template::{Node, Place, Template};

fn alarms(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::CloudWatch::Alarm")
}

pub(super) fn metrics(template: &Template) -> Vec<Mistake> {
    let published: Vec<_> = template
        .resources("AWS::Logs::MetricFilter")
        .filter_map(|filter| filter.property("MetricTransformations"))
        .flat_map(|metrics| metrics.elements())
        .filter_map(|metric| Some((node(&metric, "MetricNamespace")?, node(&metric, "MetricName")?)))
        .collect();
    alarms(template)
        .flat_map(|alarm| watched(&alarm))
        .filter(|metric| {
            node(metric, "Namespace").zip(node(metric, "MetricName")).is_some_and(|watched| {
                let is_amazons = watched.0.text().is_some_and(|namespace| namespace.starts_with("AWS/"));
                !is_amazons && !published.contains(&watched)
            })
        })
        .filter_map(|metric| metric.get("MetricName"))
        .map(|name| name.mistake("no metric filter of this template publishes it in that namespace"))
        .collect()
}

fn node<'a>(place: &Place<'a>, name: &str) -> Option<&'a Node> {
    place.get(name).map(|place| place.node())
}

/// The places where an alarm names its metrics: its properties, and each part of its expression.
fn watched<'a>(alarm: &Place<'a>) -> Vec<Place<'a>> {
    let parts = alarm.property("Metrics").map(|metrics| metrics.elements()).unwrap_or_default();
    let parts = parts.into_iter().filter_map(|part| part.at(&["MetricStat", "Metric"]));
    alarm.get("Properties").into_iter().chain(parts).collect()
}

pub(super) fn actions(template: &Template) -> Vec<Mistake> {
    let tells = |alarm: &Place<'_>| {
        alarm
            .property("AlarmActions")
            .is_some_and(|actions| actions.node().is_call() || !actions.node().elements().is_empty())
    };
    alarms(template)
        .filter(|alarm| !tells(alarm))
        .map(|alarm| alarm.mistake("it has no AlarmActions"))
        .collect()
}
