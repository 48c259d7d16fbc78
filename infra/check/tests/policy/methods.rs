//! What counts against a plan, and what a browser asks first.

use crate::patch::{only, said, said_about, without};

#[test]
fn a_method_that_requires_no_key_counts_against_no_plan() {
    assert_eq!(
        only("ItemMethod", "ApiKeyRequired: true", "ApiKeyRequired: false"),
        "ItemMethod.Properties.ApiKeyRequired: false: needs ApiKeyRequired: true; without it the method counts against no usage plan [method-api-key]"
    );
    assert_eq!(
        only("ItemMethod", "      ApiKeyRequired: true\n", ""),
        "ItemMethod: needs ApiKeyRequired: true; without it the method counts against no usage plan [method-api-key]"
    );
}

#[test]
fn a_truth_in_quotes_is_one_too() {
    assert_eq!(said("ItemMethod", "ApiKeyRequired: true", "ApiKeyRequired: \"true\""), [""; 0]);
}

#[test]
fn a_preflight_that_requires_a_key_is_found() {
    assert_eq!(
        only("ItemPreflight", "ApiKeyRequired: false", "ApiKeyRequired: true"),
        "ItemPreflight.Properties.ApiKeyRequired: true: a browser sends no key with a preflight: it would get 403 [preflight-open]"
    );
}

#[test]
fn a_preflight_with_an_authorizer_is_found() {
    assert_eq!(
        only("ItemPreflight", "AuthorizationType: NONE", "AuthorizationType: COGNITO_USER_POOLS"),
        "ItemPreflight.Properties.AuthorizationType: COGNITO_USER_POOLS: a browser sends no token with a preflight: it would get 401 [preflight-open]"
    );
}

#[test]
fn a_resource_without_options_is_found() {
    let gone = without("ItemPreflight").replace("      - ItemPreflight\n", "");
    assert_eq!(
        said_about(&gone),
        [
            "ItemMethod: its resource has no OPTIONS, which a browser sends before x-api-key or Authorization [preflight]"
        ]
    );
}

#[test]
fn methods_that_the_rules_cannot_see_are_not_taken_for_good() {
    let said =
        only("Api", "ApiKeySourceType: HEADER", "ApiKeySourceType: HEADER\n      Body: { openapi: 3.0.1 }");
    assert_eq!(
        said,
        "Api.Properties.Body: methods in an OpenAPI document are not checked; make them resources of the template [api-body]"
    );
}
