//! `AWS::ApiGateway::Stage`: limits that all clients share.

use crate::mistake::Mistake;
use crate::open_api::{Operation, has_path, is_verb, operations};
use crate::template::{Place, Template};

fn stages(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::ApiGateway::Stage")
}

fn settings<'a>(stage: &Place<'a>) -> Vec<Place<'a>> {
    stage.property("MethodSettings").map(|settings| settings.elements()).unwrap_or_default()
}

pub(super) fn methods(template: &Template) -> Vec<Mistake> {
    stages(template).flat_map(|stage| settings(&stage)).flat_map(|setting| wrong_method(&setting)).collect()
}

fn wrong_method(setting: &Place<'_>) -> Vec<Mistake> {
    let path = setting.get("ResourcePath").and_then(|place| {
        let written = place.text().filter(|written| *written != "/*")?;
        match decoded(written) {
            None => Some(
                place.mistake("a path is written with ~1 for its slashes after the first: /~1items~1{id}"),
            ),
            Some(path) if !has_path(setting.template(), &path) => {
                Some(place.mistake(format!("the API has no resource '{path}'")))
            }
            Some(_) => None,
        }
    });
    let verb = setting.get("HttpMethod").and_then(|place| {
        let is_known = place.text().is_none_or(|verb| verb == "*" || is_verb(verb));
        (!is_known).then(|| place.mistake("no method of HTTP, nor * for all"))
    });
    path.into_iter().chain(verb).collect()
}

/// `/items/{id}` of `/~1items~1{id}`; the root is `/`.
fn decoded(written: &str) -> Option<String> {
    let rest = written.strip_prefix('/')?;
    let is_encoded = rest.is_empty() || rest.starts_with("~1") && !rest.contains('/');
    is_encoded.then(|| if rest.is_empty() { "/".to_owned() } else { rest.replace("~1", "/") })
}

pub(super) fn preflights(template: &Template) -> Vec<Mistake> {
    stages(template).flat_map(|stage| wrong_preflights(&stage)).collect()
}

fn wrong_preflights(stage: &Place<'_>) -> Vec<Mistake> {
    let settings = settings(stage);
    let for_all = settings.iter().find(|setting| entry(setting, "ResourcePath") == Some("/*"));
    let Some(for_all) = for_all.filter(|setting| setting.get(RATE).is_some()) else { return Vec::new() };
    paths_with_preflight(stage.template())
        .into_iter()
        .filter_map(|path| {
            let own = settings.iter().find(|setting| {
                entry(setting, "HttpMethod") == Some("OPTIONS")
                    && entry(setting, "ResourcePath").and_then(decoded).as_deref() == Some(path)
            });
            match own {
                None => Some(for_all.mistake(format!(
                    "it limits OPTIONS {path} too: a preflight that is throttled is an error that no page can read"
                ))),
                Some(own) => lower_limit(own, for_all),
            }
        })
        .collect()
}

fn entry<'a>(setting: &Place<'a>, name: &str) -> Option<&'a str> {
    setting.get(name)?.text()
}

const RATE: &str = "ThrottlingRateLimit";
const BURST: &str = "ThrottlingBurstLimit";

fn lower_limit(own: &Place<'_>, for_all: &Place<'_>) -> Option<Mistake> {
    [RATE, BURST].into_iter().find_map(|name| {
        let Some(limit) = own.get(name) else {
            return Some(
                own.mistake(format!("it has no {name}, so that the preflight has the limit of all methods")),
            );
        };
        let is_lower = limit.node().number()? < for_all.get(name)?.node().number()?;
        is_lower.then(|| limit.mistake("lower than that of all methods: preflights would be refused first"))
    })
}

/// The paths of the API that have OPTIONS.
fn paths_with_preflight(template: &Template) -> Vec<&str> {
    let preflights = operations(template).into_iter().filter(Operation::is_preflight);
    preflights.map(|operation| operation.path).collect()
}
