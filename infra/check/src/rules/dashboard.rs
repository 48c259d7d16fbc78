//! `AWS::CloudWatch::Dashboard`: a graph of a metric that nobody publishes is an empty graph.

use super::alarm_metric::METRICS;
use crate::access_log::{AccessLogFormat, format_of};
use crate::mistake::Mistake;
use crate::template::{Place, Template, Value};
use serde_json::Value as Json;

pub(super) fn dashboards(template: &Template) -> Vec<Mistake> {
    let bodies = template
        .resources("AWS::CloudWatch::Dashboard")
        .filter_map(|dashboard| dashboard.property("DashboardBody"));
    let counts = template.resources("AWS::Logs::MetricFilter").next();
    let is_shown = template.resources("AWS::CloudWatch::Dashboard").next().is_some();
    let unseen =
        counts.filter(|_| !is_shown).map(|filter| filter.mistake("no Dashboard shows what is counted"));
    bodies.flat_map(|body| wrong(&body)).chain(unseen).collect()
}

fn wrong(body: &Place<'_>) -> Vec<Mistake> {
    let text = match &body.node().value {
        Value::Call(function, text) if function == "Fn::Sub" => text.text(),
        _ => body.text(),
    };
    let Some(text) = text else { return Vec::new() };
    let Ok(json) = serde_json::from_str::<Json>(text) else { return vec![body.mistake("it is no JSON")] };
    let Some(widgets) = json.get("widgets").and_then(Json::as_array) else {
        return vec![body.mistake("it has no widgets")];
    };
    let messages = widgets.iter().flat_map(|widget| wrong_widget(body.template(), widget));
    messages.map(|message| brief(body, message)).collect()
}

/// The whole body in a message would hide what is wrong.
fn brief(body: &Place<'_>, message: String) -> Mistake {
    Mistake { value: None, ..body.mistake(message) }
}

fn wrong_widget(template: &Template, widget: &Json) -> Vec<String> {
    let mut messages = unknown(widget, &["type", "x", "y", "width", "height", "properties"]);
    let number = |name: &str| widget.get(name).and_then(Json::as_f64).unwrap_or(f64::NAN);
    let fits = number("x") + number("width") <= 24.0
        && number("y") <= 100.0
        && (1.0..=100.0).contains(&number("height"));
    if !fits {
        messages.push("a widget has x, y, width and height; a dashboard is 24 wide".to_owned());
    }
    let Some(properties) = widget.get("properties") else {
        return vec!["a widget has no properties".to_owned()];
    };
    let text = |name: &str| properties.get(name).and_then(Json::as_str);
    if text("region") != Some("${AWS::Region}") {
        messages.push("a widget has the region of the stack".to_owned());
    }
    match widget.get("type").and_then(Json::as_str) {
        Some("metric") => {
            messages.extend(unknown(properties, &["title", "region", "period", "stat", "metrics", "view"]));
            if properties.get("period").and_then(Json::as_u64) != Some(60) {
                messages.push("a graph has a period of 60 seconds, as the alarms do".to_owned());
            }
            let metrics = properties.get("metrics").and_then(Json::as_array);
            let all = text("stat");
            messages.extend(
                metrics.into_iter().flatten().filter_map(|metric| wrong_metric(template, metric, all)),
            );
            if metrics.is_none_or(Vec::is_empty) {
                messages.push("a graph has no metrics".to_owned());
            }
        }
        Some("log") => {
            messages.extend(unknown(properties, &["title", "region", "view", "query"]));
            if text("view") != Some("table") {
                messages.push("refusals by client are a table".to_owned());
            }
            messages.extend(
                text("query")
                    .map_or(Some("a table has no query".to_owned()), |query| wrong_query(template, query)),
            );
        }
        _ => messages.push("a widget is of the type metric or log".to_owned()),
    }
    messages
}

fn unknown(object: &Json, known: &[&str]) -> Vec<String> {
    let names = object.as_object().into_iter().flat_map(|entries| entries.keys());
    names
        .filter(|name| !known.contains(&name.as_str()))
        .map(|name| format!("{name} is none of {}", known.join(", ")))
        .collect()
}

/// `["Namespace", "Metric", "Dimension", "value", …, { "stat": "p99" }]`
fn wrong_metric(template: &Template, metric: &Json, stat_of_all: Option<&str>) -> Option<String> {
    let parts: Vec<_> = metric.as_array()?.iter().filter_map(Json::as_str).collect();
    let options = metric.as_array()?.iter().find(|part| part.is_object());
    if let Some(message) = options.and_then(|options| unknown(options, &["label", "stat"]).into_iter().next())
    {
        return Some(message);
    }
    let stat = options.and_then(|options| options.get("stat")).and_then(Json::as_str).or(stat_of_all);
    if !stat.is_some_and(|stat| ["Sum", "p99"].contains(&stat)) {
        return Some("counts are summed up (Sum), latencies are shown at p99".to_owned());
    }
    let is_known = match parts.as_slice() {
        ["AWS/ApiGateway", name, "ApiName", "${AWS::StackName}", "Stage", stage] => {
            METRICS.contains(name) && is_named(template, stage, "AWS::ApiGateway::Stage")
        }
        [
            "AWS/WAFV2",
            "BlockedRequests",
            "WebACL",
            "${AWS::StackName}",
            "Region",
            "${AWS::Region}",
            "Rule",
            rule,
        ] => has_rule(template, rule),
        ["${AWS::StackName}", name] => is_published(template, name),
        _ => false,
    };
    (!is_known).then(|| format!("nobody publishes the metric {}", parts.join(" ")))
}

fn is_named(template: &Template, text: &str, kind: &str) -> bool {
    let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| template.resource_type(name) == Some(kind))
}

fn is_published(template: &Template, name: &str) -> bool {
    let filters = template
        .resources("AWS::Logs::MetricFilter")
        .filter_map(|filter| filter.property("MetricTransformations"));
    filters.flat_map(|metrics| metrics.elements()).any(|metric| {
        let is_there = metric.get("MetricNamespace").and_then(|space| space.node().reference())
            == Some("AWS::StackName");
        is_there && metric.get("MetricName").and_then(|known| known.text()) == Some(name)
    })
}

fn has_rule(template: &Template, name: &str) -> bool {
    template.resources("AWS::WAFv2::WebACL").any(|firewall| {
        let metric = firewall.at(&["Properties", "VisibilityConfig", "MetricName"]);
        let rules = firewall.property("Rules").map(|rules| rules.elements()).unwrap_or_default();
        metric.and_then(|metric| metric.node().reference()) == Some("AWS::StackName")
            && rules.iter().any(|rule| rule.get("Name").and_then(|known| known.text()) == Some(name))
    })
}

/// `SOURCE '…' | filter status = 429 | stats count() as refused by apiKeyId | sort refused desc`
fn wrong_query(template: &Template, query: &str) -> Option<String> {
    let format = template
        .resources("AWS::ApiGateway::Stage")
        .find_map(|stage| AccessLogFormat::read(format_of(&stage)?.text()?));
    let format = format?;
    let (source, rest) = query.split_once('|')?;
    let group = source.trim().strip_prefix("SOURCE '").and_then(|rest| rest.strip_suffix('\''));
    if !group.is_some_and(|group| is_named(template, group, "AWS::Logs::LogGroup")) {
        return Some("a query begins with SOURCE and the access log".to_owned());
    }
    if rest.split('|').next().map(str::trim) != Some("filter status = 429") {
        return Some("the table is of refusals: filter status = 429".to_owned());
    }
    let is_of_a_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<_> = rest.split(|c| !is_of_a_word(c)).filter(|word| !word.is_empty()).collect();
    let aliases: Vec<_> =
        words.windows(2).filter_map(|pair| (*pair.first()? == "as").then_some(*pair.get(1)?)).collect();
    let is_known = |word: &&str| {
        KEYWORDS.contains(word)
            || word.parse::<f64>().is_ok()
            || aliases.contains(word)
            || format.field(word).is_some()
    };
    let unknown = words.iter().find(|word| !is_known(word))?;
    Some(format!("the access log has no field {unknown}, and the query language no such word"))
}

const KEYWORDS: [&str; 13] =
    ["filter", "stats", "count", "sum", "min", "max", "avg", "as", "by", "sort", "desc", "asc", "limit"];
