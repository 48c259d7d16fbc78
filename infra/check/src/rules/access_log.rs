//! The access log of `AWS::ApiGateway::Stage`: all that says afterwards who was refused, and why.

use crate::access_log::{AccessLogFormat, field_with, format_of, variables};
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

/// All that an access log can have of `$context` in a REST API without mutual TLS, as far as anybody would log it.
const VARIABLES: [&str; 36] = [
    "context.accountId",
    "context.apiId",
    "context.authorize.error",
    "context.authorize.latency",
    "context.authorize.status",
    "context.authorizer.claims.sub",
    "context.authorizer.error",
    "context.authorizer.latency",
    "context.authorizer.principalId",
    "context.authorizer.requestId",
    "context.authorizer.status",
    "context.domainName",
    "context.error.message",
    "context.error.responseType",
    "context.error.validationErrorString",
    "context.extendedRequestId",
    "context.httpMethod",
    "context.identity.apiKey",
    "context.identity.apiKeyId",
    "context.identity.caller",
    "context.identity.sourceIp",
    "context.identity.user",
    "context.identity.userAgent",
    "context.integration.latency",
    "context.integration.requestId",
    "context.integration.status",
    "context.path",
    "context.protocol",
    "context.requestId",
    "context.requestTime",
    "context.requestTimeEpoch",
    "context.resourcePath",
    "context.responseLatency",
    "context.responseLength",
    "context.stage",
    "context.status",
];

/// The variables of AWS WAF.
const FIREWALL: [&str; 3] = ["context.waf.status", "context.wafResponseCode", "context.webaclArn"];

/// The variables that tell one refusal from another, or show the order of authorizer and limit.
const NEEDED: [&str; 13] = [
    "context.requestId",
    "context.extendedRequestId",
    "context.requestTimeEpoch",
    "context.httpMethod",
    "context.resourcePath",
    "context.identity.sourceIp",
    "context.identity.apiKeyId",
    "context.status",
    "context.responseLatency",
    "context.error.responseType",
    "context.authorizer.status",
    "context.authorizer.latency",
    "context.wafResponseCode",
];

/// Variables that are numbers in every line. All others may be a dash.
const NUMBERS: [&str; 3] = ["context.requestTimeEpoch", "context.status", "context.responseLatency"];

pub(super) fn variables_known(template: &Template) -> Vec<Mistake> {
    let is_unknown = |variable: &&str| !VARIABLES.contains(variable) && !FIREWALL.contains(variable);
    let unknown = formats_of(template).filter_map(|(place, format)| {
        let name = variables(format).find(is_unknown)?;
        Some(place.mistake(format!("there is no variable ${name}: its field is a dash in every line")))
    });
    let lacking = formats_of(template).filter_map(|(place, format)| {
        let name = NEEDED.into_iter().find(|name| !variables(format).any(|known| known == *name))?;
        Some(place.mistake(format!("it has no ${name}, which tells one refusal from another")))
    });
    let quoted = formats_of(template).filter_map(|(place, format)| {
        let is_quoted = |name: &str| format.contains(&format!("\"${name}\""));
        let name = variables(format).find(|name| is_quoted(name) == NUMBERS.contains(name))?;
        Some(place.mistake(format!("${name}: a number has no quotes, and whatever may be a dash has")))
    });
    let misnamed = formats_of(template).filter_map(|(place, format)| {
        let is_misnamed = |name: &&str| field_with(format, name) != Some(&named_after(name));
        let name = variables(format).find(is_misnamed)?;
        Some(place.mistake(format!(
            "the field of ${name} is called {}, as filters and queries call it",
            named_after(name)
        )))
    });
    unknown.chain(lacking).chain(quoted).chain(misnamed).collect()
}

/// `errorResponseType` for `context.error.responseType`: in camel case, without the words that all variables begin with.
fn named_after(variable: &str) -> String {
    let words = variable.split('.').filter(|word| !["context", "identity"].contains(word));
    words.enumerate().fold(String::new(), |name, (index, word)| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        if index == 0 { word.to_owned() } else { format!("{name}{}{rest}", first.to_uppercase()) }
    })
}
