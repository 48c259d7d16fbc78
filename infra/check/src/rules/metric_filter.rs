//! `AWS::Logs::MetricFilter`: what is counted in the access log.

use crate::access_log::{AccessLogFormat, Field, written_to};
use crate::filter_pattern::{self, Operand};
use crate::mistake::Mistake;
use crate::template::{Place, Template};

fn filters(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::Logs::MetricFilter")
}

fn transformations<'a>(filter: &Place<'a>) -> Vec<Place<'a>> {
    filter.property("MetricTransformations").map(|list| list.elements()).unwrap_or_default()
}

/// The format of the lines that a filter reads, where they are those of an access log.
fn format_read_by(filter: &Place<'_>) -> Option<AccessLogFormat> {
    written_to(filter.template(), filter.property("LogGroupName")?.node().reference()?)
}

/// Its pattern, where a filter has one that does not fit everything.
fn pattern_of<'a>(filter: &Place<'a>) -> Option<(Place<'a>, &'a str)> {
    let place = filter.property("FilterPattern")?;
    let text = place.text().filter(|text| !text.trim().is_empty())?;
    Some((place, text))
}

pub(super) fn patterns(template: &Template) -> Vec<Mistake> {
    filters(template)
        .filter(|filter| format_read_by(filter).is_some())
        .filter_map(|filter| {
            let (place, pattern) = pattern_of(&filter)?;
            Some(place.mistake(filter_pattern::read(pattern).err()?))
        })
        .collect()
}

pub(super) fn fields(template: &Template) -> Vec<Mistake> {
    filters(template).flat_map(|filter| wrong_fields(&filter).unwrap_or_default()).collect()
}

fn wrong_fields(filter: &Place<'_>) -> Option<Vec<Mistake>> {
    let format = format_read_by(filter)?;
    let (place, pattern) = pattern_of(filter)?;
    let comparisons = filter_pattern::read(pattern).ok()?;
    let mistakes = comparisons.iter().filter_map(|comparison| {
        let name = comparison.field;
        let message = match (format.field(name), &comparison.with) {
            (None, _) => format!("the access log has no field {name}: it never matches"),
            (Some(Field::Text), Operand::Number) => {
                format!("the access log has {name} in quotes, so it is compared with a text in quotes")
            }
            (Some(Field::Number), Operand::Text(text)) => {
                format!("the access log has {name} without quotes, so it is compared without: {text}")
            }
            _ => return None,
        };
        Some(place.mistake(message))
    });
    Some(mistakes.collect())
}

pub(super) fn values(template: &Template) -> Vec<Mistake> {
    filters(template).flat_map(|filter| wrong_values(&filter)).collect()
}

fn wrong_values(filter: &Place<'_>) -> Vec<Mistake> {
    let values = transformations(filter).into_iter().filter_map(|metric| metric.get("MetricValue"));
    values.filter_map(|value| wrong_value(filter, &value)).collect()
}

fn wrong_value(filter: &Place<'_>, value: &Place<'_>) -> Option<Mistake> {
    let text = value.text()?;
    let Some(name) = text.strip_prefix("$.") else {
        let is_number = text.parse::<f64>().is_ok();
        return (!is_number).then(|| value.mistake("a number, or a field such as $.responseLatency"));
    };
    match format_read_by(filter)?.field(name) {
        Some(Field::Number) => None,
        Some(Field::Text) => Some(
            value.mistake(format!("the access log has {name} in quotes, so it is no number to be counted")),
        ),
        None => Some(value.mistake(format!("the access log has no field {name}"))),
    }
}

pub(super) fn defaults(template: &Template) -> Vec<Mistake> {
    filters(template)
        .flat_map(|filter| transformations(&filter))
        .filter(|metric| metric.get("Dimensions").is_some())
        .filter_map(|metric| metric.get("DefaultValue"))
        .map(|default| default.mistake("a metric with Dimensions can have no DefaultValue"))
        .collect()
}
