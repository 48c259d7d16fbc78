//! The OpenAPI document of an API, and what stands beside it.

use crate::mistake::Mistake;
use crate::template::{Place, Template};

/// The types of resources that belong into the document: an import that overwrites removes them.
const IMPORTED: [&str; 7] = [
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::DocumentationPart",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::Resource",
];

fn apis(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::ApiGateway::RestApi")
}

pub(super) fn bodies(template: &Template) -> Vec<Mistake> {
    let lacking = apis(template).filter(|api| api.property("Body").is_none()).map(|api| {
        let elsewhere = api.property("BodyS3Location");
        elsewhere
            .unwrap_or(api)
            .mistake("its OpenAPI document is not in the Body, where these rules can see it")
    });
    let beside = IMPORTED.into_iter().flat_map(|kind| template.resources(kind)).map(|resource| {
        resource.mistake("the next import of the OpenAPI document takes it away; say it in the document")
    });
    lacking.chain(beside).collect()
}

pub(super) fn modes(template: &Template) -> Vec<Mistake> {
    apis(template)
        .filter(|api| api.property("Body").is_some() && api.text_of("Mode") != Some("overwrite"))
        .map(|api| {
            let message = "needs Mode: overwrite; otherwise what the document has no longer stays in the API";
            api.property("Mode").unwrap_or(api).mistake(message)
        })
        .collect()
}

pub(super) fn warnings(template: &Template) -> Vec<Mistake> {
    apis(template)
        .filter(|api| api.property("Body").is_some())
        .filter(|api| api.property("FailOnWarnings").is_none_or(|fail| fail.node().truth() == Some(false)))
        .map(|api| {
            let message =
                "needs FailOnWarnings: true; otherwise what the import does not understand is left out";
            api.property("FailOnWarnings").unwrap_or(api).mistake(message)
        })
        .collect()
}
