//! Methods that count against a plan, and preflights.

use crate::patch::{TEMPLATE, only, patched, said, said_about, without};

const ITEM: &str = "Api.Properties.Body.paths./api/v1/resource/{proxy+}";
const METHOD: &str = "/api/v1/resource/{proxy+} > x-amazon-apigateway-any-method";
const PREFLIGHT: &str = "/api/v1/resource/{proxy+} > options";

#[test]
fn a_method_that_requires_no_key_counts_against_no_plan() {
    let message = "its security names no key (a scheme for x-api-key): the method counts against no usage plan [method-api-key]";
    assert_eq!(
        only(METHOD, "security: [{ users: [] }, { key: [] }]", "security: [{ users: [] }]"),
        format!("{ITEM}.x-amazon-apigateway-any-method.security: [{{users: []}}]: {message}")
    );
    assert_eq!(
        only(METHOD, "              security: [{ users: [] }, { key: [] }]\n", ""),
        format!("{ITEM}.x-amazon-apigateway-any-method: {message}")
    );
}

#[test]
fn a_scheme_for_another_header_is_no_key() {
    let said = said("securitySchemes", "name: x-api-key", "name: x-key");
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said.iter().all(|said| said.contains("[method-api-key]")), "{said:#?}");
}

#[test]
fn what_is_required_may_stand_in_one_element_or_in_several() {
    let together = "security: [{ users: [], key: [] }]";
    assert_eq!(said(METHOD, "security: [{ users: [] }, { key: [] }]", together), [""; 0]);
}

#[test]
fn security_of_the_whole_document_counts_for_nothing() {
    let everywhere =
        patched(TEMPLATE, "Api", "Body:\n", "Body:\n        security: [{ users: [] }, { key: [] }]\n");
    let nowhere = patched(&everywhere, METHOD, "              security: [{ users: [] }, { key: [] }]\n", "");
    let said = said_about(&nowhere);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains("[method-api-key]"), "{said:#?}");
}

#[test]
fn a_scheme_that_is_not_there_is_found() {
    assert_eq!(
        only(METHOD, "{ users: [] }", "{ user: [] }"),
        format!(
            "{ITEM}.x-amazon-apigateway-any-method.security.0.user: []: there is no security scheme 'user': nobody is asked for it [security-scheme]"
        )
    );
}

#[test]
fn a_preflight_that_requires_a_key_is_found() {
    assert_eq!(
        only(PREFLIGHT, "security: []", "security: [{ key: [] }]"),
        format!(
            "{ITEM}.options.security.0.key: []: a browser sends no key with a preflight: it would get 403 [preflight-open]"
        )
    );
}

#[test]
fn a_preflight_with_an_authorizer_is_found() {
    assert_eq!(
        only(PREFLIGHT, "security: []", "security: [{ users: [] }]"),
        format!(
            "{ITEM}.options.security.0.users: []: a browser sends no token with a preflight: it would get 401 [preflight-open]"
        )
    );
}

#[test]
fn a_path_without_options_is_found() {
    assert_eq!(
        said_about(&without(PREFLIGHT)),
        [format!(
            "{ITEM}.x-amazon-apigateway-any-method: its path has no OPTIONS, which a browser sends before x-api-key or Authorization [preflight]"
        )]
    );
}

#[test]
fn a_method_with_nothing_behind_it_is_found() {
    assert_eq!(
        only(METHOD, "x-amazon-apigateway-integration:", "x-amazon-apigateway-integrations:"),
        format!(
            "{ITEM}.x-amazon-apigateway-any-method: it has no x-amazon-apigateway-integration: an API with it cannot be deployed [integration]"
        )
    );
}

#[test]
fn a_validator_that_is_not_there_is_found() {
    let message = "x-amazon-apigateway-request-validators has none of that name [request-validator]";
    assert_eq!(
        only("Api", "request-validator: parameters", "request-validator: bodies"),
        format!("Api.Properties.Body.x-amazon-apigateway-request-validator: bodies: {message}")
    );
    let own = "security: []\n              x-amazon-apigateway-request-validator: all";
    assert_eq!(
        only(PREFLIGHT, "security: []", own),
        format!("{ITEM}.options.x-amazon-apigateway-request-validator: all: {message}")
    );
}
