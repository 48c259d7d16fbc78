//! `http_proxy`: a request goes to the backend as it came, at the same path.

use crate::mistake::Mistake;
use crate::open_api::{INTEGRATION, Operation, operations};
use crate::template::{Place, Template};

pub(super) fn integrations(template: &Template) -> Vec<Mistake> {
    let operations = operations(template);
    let methods = operations.iter().filter(|operation| !operation.is_preflight());
    methods
        .filter_map(|operation| Some((operation, operation.place.get(INTEGRATION)?)))
        .flat_map(wrong)
        .collect()
}

fn wrong((operation, integration): (&Operation<'_>, Place<'_>)) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut expect = |name: &str, wanted: &str, because: &str| match integration.get(name) {
        Some(place) if place.text() == Some(wanted) || place.node().is_call() => {}
        other => {
            let at = other.unwrap_or_else(|| integration.clone());
            mistakes.push(at.mistake(format!("{name} has to be {wanted}: {because}")));
        }
    };
    expect("type", "http_proxy", "the backend's answers come back as they are");
    if operation.is_any() {
        expect("httpMethod", "ANY", "the backend is called with the method of the request");
    }
    expect("passthroughBehavior", "when_no_match", "a body of any type goes through");
    let uri = integration.get("uri");
    match uri.as_ref().and_then(Place::text) {
        None if uri.is_none() => {
            mistakes.push(integration.mistake("it has no uri: there is nothing behind it"));
        }
        None => {}
        Some(text) => {
            mistakes.extend(wrong_uri(text, operation).and_then(|message| Some(uri?.mistake(message))));
        }
    }
    mistakes.extend(operation.parameters().flat_map(|name| unmapped(name, operation, &integration)));
    mistakes
}

fn wrong_uri(uri: &str, operation: &Operation<'_>) -> Option<String> {
    let Some(rest) = uri.strip_prefix("https://") else {
        return Some("a backend is called over https".to_owned());
    };
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let wanted = operation.path.replace("+}", "}");
    if format!("/{path}") != wanted {
        return Some(format!("the path at the backend has to be {wanted}, as at the gateway"));
    }
    if !host.contains("${") {
        return None;
    }
    let Some(variable) = host.strip_prefix("${stageVariables.").and_then(|rest| rest.strip_suffix('}'))
    else {
        return Some("a host that a deployment chooses is ${stageVariables.name}".to_owned());
    };
    let template = operation.place.template();
    let mut stages = template.resources("AWS::ApiGateway::Stage").peekable();
    stages.peek()?;
    let is_set =
        stages.all(|stage| stage.property("Variables").is_some_and(|all| all.get(variable).is_some()));
    (!is_set).then(|| format!("a stage has no variable {variable}: the backend's host is empty"))
}

/// The missing parts between a parameter of the path and the backend's path.
fn unmapped(name: &str, operation: &Operation<'_>, integration: &Place<'_>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let declared = operation.place.get("parameters").map(|list| list.elements()).unwrap_or_default();
    let is_it = |parameter: &&Place<'_>| {
        let entry = |key: &str| parameter.get(key).map(|place| place.node().to_string());
        let is_path = entry("in").as_deref() == Some("path") && entry("required").as_deref() == Some("true");
        is_path && entry("name").as_deref() == Some(name)
    };
    if !declared.iter().any(|parameter| is_it(&parameter)) {
        let message = format!("its parameters have no {name}, in: path, required: true: the import fails");
        mistakes.push(operation.place.mistake(message));
    }
    let (key, from) = (format!("integration.request.path.{name}"), format!("method.request.path.{name}"));
    let mapped = integration.at(&["requestParameters", &key]);
    if mapped.as_ref().and_then(Place::text) != Some(&from) {
        let at = mapped.unwrap_or_else(|| integration.clone());
        mistakes.push(at.mistake(format!("{key} has to be {from}: otherwise the backend's path has a hole")));
    }
    mistakes
}
