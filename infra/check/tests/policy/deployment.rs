//! A snapshot of the right things at the right time.

use crate::patch::{TEMPLATE, only, patched};
use infra_check::{Template, check, repair};

fn deployment(template: &str) -> String {
    let template = Template::read(template).unwrap();
    template.resources("AWS::ApiGateway::Deployment").next().unwrap().logical_id().to_owned()
}

#[test]
fn the_logical_id_changes_with_what_is_deployed() {
    for (resource, from, to) in [
        ("THROTTLED", "'1'", "'2'"),
        ("/api/v1/resource > options", "'7200'", "'600'"),
        ("/api/v1/resource/{proxy+} > x-amazon-apigateway-any-method", "httpMethod: ANY", "httpMethod: GET"),
        ("Api", "/api/v1/resource:", "/api/v2/resource:"),
        ("securitySchemes", "name: Authorization", "name: X-Token"),
        ("Api", "validateRequestBody: false", "validateRequestBody: true"),
    ] {
        let changed = patched(TEMPLATE, resource, from, to);
        assert_ne!(deployment(&repair(&changed).unwrap()), deployment(TEMPLATE), "{resource}");
    }
}

#[test]
fn it_does_not_change_with_what_counts_without_a_deployment() {
    for (resource, from, to) in [
        ("UsagePlan", "RateLimit: !Ref RequestsPerSecond", "RateLimit: 3"),
        ("Stage", "backendHost: !Ref BackendHost", "backendHost: backend.example.com"),
        ("WebAcl", "EvaluationWindowSec: 60", "EvaluationWindowSec: 120"),
        // The same in other words.
        ("THROTTLED", "\"'1'\"", "'''1'''"),
        ("Api", "Name: !Ref AWS::StackName", "Name: { Ref: AWS::StackName } # a comment"),
    ] {
        let changed = patched(TEMPLATE, resource, from, to);
        assert_eq!(repair(&changed).unwrap(), changed, "{resource}");
    }
}

#[test]
fn an_id_that_is_not_what_is_deployed_is_found() {
    let changed = patched(TEMPLATE, "THROTTLED", "'1'", "'2'");
    let said: Vec<_> = check(&Template::read(&changed).unwrap()).iter().map(ToString::to_string).collect();
    let (old, new) = (deployment(TEMPLATE), deployment(&repair(&changed).unwrap()));
    assert_eq!(said.len(), 1, "{said:#?}");
    let message = "what it deploys has changed, and is deployed only by one that is new";
    assert!(
        said[0].ends_with(&format!(": {old}: {message}: {new} (--fix writes it) [deployment-id]")),
        "{said:#?}"
    );
}

#[test]
fn repairing_writes_the_id_wherever_it_stands_and_nothing_else() {
    let changed = patched(TEMPLATE, "THROTTLED", "'1'", "'2'");
    let repaired = repair(&changed).unwrap();
    let (old, new) = (deployment(TEMPLATE), deployment(&repaired));
    assert_eq!(repaired.matches(&new).count(), 2);
    assert_eq!(repaired, changed.replace(&old, &new));
    assert_eq!(repair(&repaired).unwrap(), repaired);
}

#[test]
fn a_first_id_gets_its_digest_and_longer_names_are_let_be() {
    let template = "Resources:\n  Deployment:\n    Type: AWS::ApiGateway::Deployment\n  MyDeployment:\n    Type: Custom::A\n  Stage:\n    Type: Custom::DeploymentB\n    Properties: { Id: !Ref Deployment }\n";
    let repaired = repair(template).unwrap();
    let name = deployment(&repaired);
    assert_eq!(name.len(), "Deployment".len() + 10);
    let by_hand = template
        .replace("\n  Deployment:", &format!("\n  {name}:"))
        .replace("!Ref Deployment ", &format!("!Ref {name} "));
    assert_eq!(repaired, by_hand);
}

#[test]
fn a_parameter_in_what_is_deployed_is_found() {
    let said = only(
        "/api/v1/resource > x-amazon-apigateway-any-method",
        "uri: https://${stageVariables.backendHost}",
        "uri: !Sub https://${BackendHost}",
    );
    assert_eq!(
        said,
        "Api: it refers to the parameter BackendHost, whose new value alone is not deployed; use a stage variable, or write it out [deployment-parameter]"
    );
}
