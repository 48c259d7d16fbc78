//! `AWS::ApiGateway::Stage`.

use super::{Setting, of_resources, one, present, reference};
use crate::mistake::Mistake;
use crate::template::{Place, Template, Value};

const STAGE: &[Setting] = &[
    reference(&["Properties", "RestApiId"], "AWS::ApiGateway::RestApi", "a stage is of an API"),
    reference(
        &["Properties", "DeploymentId"],
        "AWS::ApiGateway::Deployment",
        "without a deployment a stage answers nothing",
    ),
    present(&["Properties", "StageName"], "a stage has a name, which is a part of its URL"),
    reference(
        &["Properties", "AccessLogSetting", "DestinationArn"],
        "AWS::Logs::LogGroup",
        "the filters read what is written there",
    ),
    present(&["Properties", "AccessLogSetting", "Format"], "a log without a format has no fields to count"),
    present(&["Properties", "MethodSettings", "*", "ResourcePath"], "a setting is for a path"),
    present(&["Properties", "MethodSettings", "*", "HttpMethod"], "a setting is for a method"),
    one(
        &["Properties", "MethodSettings", "*", "MetricsEnabled"],
        &["true"],
        "without metrics by method nobody sees which method is throttled",
    ),
];

/// The setting of a stage for all methods.
const ALL_METHODS: &[Setting] = &[
    present(&["ThrottlingRateLimit"], "the backend has no limit but the account's"),
    present(&["ThrottlingBurstLimit"], "the backend has no limit but the account's"),
    one(
        &["LoggingLevel"],
        &["ERROR"],
        "the execution log names the limit that was hit, and INFO names every request",
    ),
    one(&["DataTraceEnabled"], &["false"], "it would log bodies and keys"),
];

/// A stage that may come before the role without which it cannot have a log.
fn unordered(stage: &Place<'_>) -> Option<Mistake> {
    let account = stage.template().resources("AWS::ApiGateway::Account").next()?;
    let name = account.logical_id();
    let waits = stage.get("DependsOn").is_some_and(|on| on.node().to_string().contains(name));
    // A resource with a condition may be named only where the condition holds.
    let is_reference = |entry: &Place<'_>| match &entry.node().value {
        Value::Call(function, parts) if function == "Fn::If" => match parts.elements() {
            [condition, there, not] => {
                let is_its = Some(condition) == account.get("Condition").as_ref().map(Place::node);
                is_its && there.references().contains(&name) && !not.references().contains(&name)
            }
            _ => false,
        },
        _ => false,
    };
    let properties = stage.get("Properties").map(|properties| properties.entries()).unwrap_or_default();
    let refers = properties.iter().any(|(_, entry)| is_reference(entry));
    (!waits && !refers)
        .then(|| stage.mistake(format!("it may come before {name}; refer to it where its condition holds")))
}

pub(crate) fn settings(template: &Template) -> Vec<Mistake> {
    let mut mistakes = of_resources(template, "AWS::ApiGateway::Stage", STAGE);
    for stage in template.resources("AWS::ApiGateway::Stage") {
        let settings =
            stage.property("MethodSettings").map(|settings| settings.elements()).unwrap_or_default();
        let is_for_all = |name: &str, all: &str, setting: &Place<'_>| {
            setting.get(name).is_some_and(|value| value.text() == Some(all))
        };
        let for_all = settings.iter().find(|setting| {
            is_for_all("ResourcePath", "/*", setting) && is_for_all("HttpMethod", "*", setting)
        });
        mistakes.extend(unordered(&stage));
        match for_all {
            Some(setting) => mistakes.extend(super::differing(setting, ALL_METHODS)),
            None => mistakes.push(
                stage.mistake("no MethodSettings for /* and *: the backend has no limit but the account's"),
            ),
        }
    }
    mistakes
}
