//! The operations of an API: what counts against a plan, and what a browser asks first.

use crate::mistake::Mistake;
use crate::open_api::{
    INTEGRATION, Kind, Operation, VALIDATOR, VALIDATORS, documents, is_method, operations,
};
use crate::template::{Place, Template};

pub(super) fn api_keys(template: &Template) -> Vec<Mistake> {
    operations(template)
        .iter()
        .filter(|operation| !operation.is_preflight() && !operation.requires(Kind::Key))
        .map(|operation| {
            let message =
                "its security names no key (a scheme for x-api-key): the method counts against no usage plan";
            operation.place.get("security").unwrap_or_else(|| operation.place.clone()).mistake(message)
        })
        .collect()
}

pub(super) fn authorizers(template: &Template) -> Vec<Mistake> {
    operations(template)
        .iter()
        .filter(|operation| !operation.is_preflight() && !operation.requires(Kind::Authorizer))
        .map(|operation| {
            let message = "its security names no authorizer: whoever has the key of a page gets in";
            operation.place.get("security").unwrap_or_else(|| operation.place.clone()).mistake(message)
        })
        .collect()
}

pub(super) fn open_preflights(template: &Template) -> Vec<Mistake> {
    operations(template).iter().filter(|operation| operation.is_preflight()).flat_map(closed).collect()
}

fn closed(preflight: &Operation<'_>) -> Vec<Mistake> {
    preflight
        .requirements()
        .iter()
        .filter_map(|requirement| {
            match requirement.kind {
                Kind::Key => Some("a browser sends no key with a preflight: it would get 403"),
                Kind::Authorizer => Some("a browser sends no token with a preflight: it would get 401"),
                Kind::Unknown => None,
            }
            .map(|message| requirement.place.mistake(message))
        })
        .collect()
}

pub(super) fn preflights(template: &Template) -> Vec<Mistake> {
    let operations = operations(template);
    let has_preflight =
        |path| operations.iter().any(|operation| operation.is_preflight() && operation.path == path);
    operations
        .iter()
        .filter(|operation| !has_preflight(operation.path))
        .map(|operation| {
            let message = "its path has no OPTIONS, which a browser sends before x-api-key or Authorization";
            operation.place.mistake(message)
        })
        .chain(documents(template).flat_map(|document| unserved(&document)))
        .collect()
}

/// The paths with a preflight and nothing that a browser could ask for after it.
fn unserved(document: &Place<'_>) -> Vec<Mistake> {
    let paths = document.get("paths").map(|paths| paths.entries()).unwrap_or_default();
    let is_served =
        |path: &Place<'_>| path.node().entries().any(|(verb, _)| is_method(verb) && verb != "options");
    let unserved = paths.iter().filter(|(_, path)| !is_served(path));
    unserved.map(|(_, path)| path.mistake("it has no method but OPTIONS")).collect()
}

pub(super) fn schemes(template: &Template) -> Vec<Mistake> {
    operations(template)
        .iter()
        .flat_map(Operation::requirements)
        .filter(|requirement| requirement.kind == Kind::Unknown)
        .map(|requirement| {
            let message =
                format!("there is no security scheme '{}': nobody is asked for it", requirement.scheme);
            requirement.place.mistake(message)
        })
        .collect()
}

pub(super) fn integrations(template: &Template) -> Vec<Mistake> {
    operations(template)
        .iter()
        .filter(|operation| operation.place.get(INTEGRATION).is_none())
        .map(|operation| {
            operation.place.mistake(format!("it has no {INTEGRATION}: an API with it cannot be deployed"))
        })
        .collect()
}

pub(super) fn validators(template: &Template) -> Vec<Mistake> {
    let of_documents = documents(template).filter_map(|document| Some((document.get(VALIDATOR)?, document)));
    let of_operations = operations(template)
        .into_iter()
        .filter_map(|operation| Some((operation.place.get(VALIDATOR)?, operation.document().clone())));
    of_documents
        .chain(of_operations)
        .filter(|(validator, document)| {
            validator.text().is_some_and(|name| document.at(&[VALIDATORS, name]).is_none())
        })
        .map(|(validator, _)| validator.mistake(format!("{VALIDATORS} has none of that name")))
        .collect()
}
