//! The access log of `AWS::ApiGateway::Stage`: all that says afterwards who was refused, and why.

use crate::access_log::{AccessLogFormat, format_of, variables};
use crate::mistake::Mistake;
use crate::template::{Place, Template};

fn formats_of(template: &Template) -> impl Iterator<Item = (Place<'_>, &str)> {
    let stages = template.resources("AWS::ApiGateway::Stage");
    stages.filter_map(|stage| format_of(&stage)).filter_map(|place| {
        let text = place.text()?;
        Some((place, text))
    })
}

pub(super) fn formats(template: &Template) -> Vec<Mistake> {
    let stages = template.resources("AWS::ApiGateway::Stage");
    let without = stages
        .filter(|stage| stage.property("AccessLogSetting").is_none())
        .map(|stage| stage.mistake("it has no AccessLogSetting: API Gateway counts no 429 by itself"));
    let unreadable = formats_of(template).filter_map(|(place, format)| {
        if format.trim_end().contains('\n') {
            Some(place.mistake("an access log has one line for each request; fold this one with >-"))
        } else if AccessLogFormat::read(format).is_none() {
            Some(place.mistake("its lines are no objects in JSON, so that no filter can read a field"))
        } else {
            None
        }
    });
    without.chain(unreadable).collect()
}

pub(super) fn request_ids(template: &Template) -> Vec<Mistake> {
    let is_id = |variable: &str| ["context.requestId", "context.extendedRequestId"].contains(&variable);
    formats_of(template)
        .filter(|(_, format)| !variables(format).any(is_id))
        .map(|(place, _)| place.mistake("it needs $context.requestId or $context.extendedRequestId"))
        .collect()
}

pub(super) fn keys(template: &Template) -> Vec<Mistake> {
    let is_key = |variable: &str| variable == "context.identity.apiKey";
    formats_of(template)
        .filter(|(_, format)| variables(format).any(is_key))
        .map(|(place, _)| {
            place.mistake("$context.identity.apiKey is the key itself; $context.identity.apiKeyId names it")
        })
        .collect()
}
