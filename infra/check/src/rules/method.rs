//! `AWS::ApiGateway::Method`: what counts against a plan, and what a browser asks first.

use crate::mistake::Mistake;
use crate::template::{Place, Template};

fn methods(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::ApiGateway::Method")
}

fn is_preflight(method: &Place<'_>) -> bool {
    method.text_of("HttpMethod") == Some("OPTIONS")
}

/// Whether it certainly does not; what only a deployment knows may.
fn requires_no_key(method: &Place<'_>) -> bool {
    method.property("ApiKeyRequired").is_none_or(|place| place.node().truth() == Some(false))
}

pub(super) fn api_keys(template: &Template) -> Vec<Mistake> {
    methods(template)
        .filter(|method| !is_preflight(method) && requires_no_key(method))
        .map(|method| {
            let message = "needs ApiKeyRequired: true; without it the method counts against no usage plan";
            method.property("ApiKeyRequired").unwrap_or(method).mistake(message)
        })
        .collect()
}

pub(super) fn open_preflights(template: &Template) -> Vec<Mistake> {
    let keys = methods(template).filter(is_preflight).filter_map(|method| {
        let required =
            method.property("ApiKeyRequired").filter(|place| place.node().truth() == Some(true))?;
        Some(required.mistake("a browser sends no key with a preflight: it would get 403"))
    });
    let authorizers = methods(template).filter(is_preflight).filter_map(|method| {
        let kind = method.property("AuthorizationType")?;
        let is_open = kind.text().is_none_or(|kind| kind == "NONE");
        (!is_open).then(|| kind.mistake("a browser sends no token with a preflight: it would get 401"))
    });
    keys.chain(authorizers).collect()
}

pub(super) fn preflights(template: &Template) -> Vec<Mistake> {
    let resource = |method: &Place<'_>| method.property("ResourceId").map(|place| place.node().clone());
    let with_preflight: Vec<_> =
        methods(template).filter(is_preflight).map(|method| resource(&method)).collect();
    methods(template)
        .filter(|method| !with_preflight.contains(&resource(method)))
        .map(|method| {
            let message =
                "its resource has no OPTIONS, which a browser sends before x-api-key or Authorization";
            method.mistake(message)
        })
        .collect()
}

pub(super) fn bodies(template: &Template) -> Vec<Mistake> {
    let apis = template.resources("AWS::ApiGateway::RestApi");
    apis.filter_map(|api| api.property("Body").or_else(|| api.property("BodyS3Location")))
        .map(|body| {
            body.mistake(
                "methods in an OpenAPI document are not checked; make them resources of the template",
            )
        })
        .collect()
}
