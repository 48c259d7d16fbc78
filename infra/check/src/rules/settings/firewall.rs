//! `AWS::WAFv2::WebACL`.

use super::{Setting, of_resources, one, present, within};
use crate::mistake::Mistake;
use crate::template::{Place, Template};

const FIREWALL: &[Setting] = &[
    one(&["Properties", "Scope"], &["REGIONAL"], "a stage is regional"),
    present(&["Properties", "DefaultAction", "Allow"], "all that no rule blocks goes to the API"),
    present(&["Properties", "Rules"], "a firewall without a rule limits nobody"),
    one(
        &["Properties", "VisibilityConfig", "CloudWatchMetricsEnabled"],
        &["true"],
        "the dashboard shows what is blocked",
    ),
    one(
        &["Properties", "VisibilityConfig", "SampledRequestsEnabled"],
        &["true"],
        "samples show who is blocked",
    ),
    one(
        &["Properties", "Rules", "*", "VisibilityConfig", "CloudWatchMetricsEnabled"],
        &["true"],
        "the dashboard shows what is blocked",
    ),
    one(
        &["Properties", "Rules", "*", "VisibilityConfig", "SampledRequestsEnabled"],
        &["true"],
        "samples show who is blocked",
    ),
];

/// A rule that limits a rate.
const RATE: &[Setting] = &[
    one(
        &["Statement", "RateBasedStatement", "AggregateKeyType"],
        &["IP"],
        "each address has a limit of its own",
    ),
    one(
        &["Statement", "RateBasedStatement", "EvaluationWindowSec"],
        &["60"],
        "a window is a minute, as the limit and Retry-After say",
    ),
    within(
        &["Statement", "RateBasedStatement", "Limit"],
        10.0,
        100_000.0,
        "requests of an address in a window",
    ),
    one(&["Action", "Block", "CustomResponse", "ResponseCode"], &["429"], "clients know it by its status"),
    present(
        &["Action", "Block", "CustomResponse", "CustomResponseBodyKey"],
        "clients read a message in JSON",
    ),
    present(&["Action", "Block"], "a limit that does not block limits nobody"),
];

/// The comparison that leaves OPTIONS alone.
const PREFLIGHT: &[Setting] = &[
    one(&["PositionalConstraint"], &["EXACTLY"], "OPTIONS is the whole method"),
    one(&["SearchString"], &["OPTIONS"], "a preflight is OPTIONS"),
    one(&["TextTransformations", "*", "Type"], &["NONE"], "methods are compared as they are, in capitals"),
];

/// A response whose body is not the JSON that the gateway's own refusals have.
fn wrong_body(firewall: &Place<'_>, limit: &Place<'_>) -> Option<Mistake> {
    let key = limit.at(&["Action", "Block", "CustomResponse", "CustomResponseBodyKey"])?;
    let body = firewall.at(&["Properties", "CustomResponseBodies", key.text()?]);
    let Some(body) = body else { return Some(key.mistake("CustomResponseBodies has none of that name")) };
    let entry = |name: &str| body.get(name).and_then(|place| place.text());
    let json = entry("Content").and_then(|content| serde_json::from_str::<serde_json::Value>(content).ok());
    let message = json.as_ref().and_then(|json| json.get("message")?.as_str());
    let is_right = message == Some("Too Many Requests") && entry("ContentType") == Some("APPLICATION_JSON");
    (!is_right).then(|| {
        body.mistake(
            r#"it has to be APPLICATION_JSON, {"message":"Too Many Requests"}, as THROTTLED says it"#,
        )
    })
}

/// A `Retry-After` that is not the window in which the firewall counts.
fn wrong_retry_after(limit: &Place<'_>) -> Option<Mistake> {
    let window = limit.at(&["Statement", "RateBasedStatement", "EvaluationWindowSec"])?;
    let headers = limit.at(&["Action", "Block", "CustomResponse", "ResponseHeaders"])?.elements();
    let is_it =
        |header: &&Place<'_>| header.get("Name").is_some_and(|name| name.text() == Some("Retry-After"));
    let value = headers.iter().find(is_it)?.get("Value")?;
    (value.node().number() != window.node().number()).then(|| {
        value.mistake("Retry-After is the window, after which an address that stopped is let through")
    })
}

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    let mut mistakes = of_resources(template, "AWS::WAFv2::WebACL", FIREWALL);
    for firewall in template.resources("AWS::WAFv2::WebACL") {
        let rules = firewall.property("Rules").map(|rules| rules.elements()).unwrap_or_default();
        let limits: Vec<_> =
            rules.iter().filter(|rule| rule.at(&["Statement", "RateBasedStatement"]).is_some()).collect();
        if limits.is_empty() {
            mistakes.push(firewall.mistake("no rule has a RateBasedStatement: it limits nobody"));
        }
        for limit in limits {
            mistakes.extend(super::differing(limit, RATE));
            mistakes.extend(wrong_body(&firewall, limit));
            mistakes.extend(wrong_retry_after(limit));
            let preflight = [
                "Statement",
                "RateBasedStatement",
                "ScopeDownStatement",
                "NotStatement",
                "Statement",
                "ByteMatchStatement",
            ];
            mistakes.extend(limit.at(&preflight).iter().flat_map(|place| super::differing(place, PREFLIGHT)));
            let name = limit.get("Name").map(|name| name.node().clone());
            let metric = limit.at(&["VisibilityConfig", "MetricName"]);
            let other = metric.filter(|metric| Some(metric.node()) != name.as_ref());
            mistakes.extend(other.map(|metric| {
                metric.mistake("a rule's metric has the name of the rule, by which the dashboard asks for it")
            }));
        }
    }
    mistakes
}
