//! The OpenAPI document, and what stands beside it.

use crate::patch::{TEMPLATE, only, patched, said_about};
use infra_check::{Template, check};

#[test]
fn a_document_that_the_rules_cannot_see_is_not_taken_for_good() {
    let text = "Resources: { Api: { Type: AWS::ApiGateway::RestApi, Properties: { BodyS3Location: { Bucket: a } } } }";
    let said: Vec<_> = check(&Template::read(text).unwrap()).iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "1: Api.Properties.BodyS3Location: its OpenAPI document is not in the Body, where these rules can see it [api-body]"
        ]
    );
}

/// A resource that its deployment does not wait for.
const BESIDE: &str = "  Denied:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: ACCESS_DENIED }

  Stage:
";

#[test]
fn what_stands_beside_the_document_is_lost_with_the_next_import_and_may_not_be_in_the_snapshot() {
    let said = said_about(&TEMPLATE.replace("  Stage:\n", BESIDE));
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("Deployment"), "{said:#?}");
    assert!(
        said[0]
            .ends_with(": DependsOn lacks Denied: the snapshot may be taken without it [deployment-order]"),
        "{said:#?}"
    );
    assert_eq!(
        said[1],
        "Denied: the next import of the OpenAPI document takes it away; say it in the document [api-body]"
    );
}

#[test]
fn an_import_that_keeps_what_is_gone_is_found() {
    let message =
        "needs Mode: overwrite; otherwise what the document has no longer stays in the API [api-mode]";
    assert_eq!(
        only("Api", "Mode: overwrite", "Mode: merge"),
        format!("Api.Properties.Mode: merge: {message}")
    );
    assert_eq!(only("Api", "      Mode: overwrite\n", ""), format!("Api: {message}"));
}

#[test]
fn an_import_that_leaves_out_what_it_does_not_understand_is_found() {
    assert_eq!(
        only("Api", "FailOnWarnings: true", "FailOnWarnings: false"),
        "Api.Properties.FailOnWarnings: false: needs FailOnWarnings: true; otherwise what the import does not understand is left out [api-warnings]"
    );
    assert_eq!(
        said_about(&patched(TEMPLATE, "Api", "FailOnWarnings: true", "FailOnWarnings: 'true'")),
        [""; 0]
    );
}
