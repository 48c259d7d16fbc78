//! A snapshot of the right things at the right time.

use crate::patch::{TEMPLATE, only, patched};
use infra_check::{Template, check, repair};

fn deployment(template: &str) -> String {
    let template = Template::read(template).unwrap();
    template.resources("AWS::ApiGateway::Deployment").next().unwrap().logical_id().to_owned()
}

#[test]
fn a_deployment_waits_for_every_gateway_response_and_method() {
    let name = deployment(TEMPLATE);
    for awaited in
        ["Throttled", "QuotaExceeded", "Unauthorized", "AnyClientError", "ItemMethod", "ItemPreflight"]
    {
        let said = only(&name, &format!("      - {awaited}\n"), "");
        let lacks =
            format!("DependsOn lacks {awaited}: the snapshot may be taken without it [deployment-order]");
        assert!(said.starts_with(&format!("{name}.DependsOn: [")) && said.ends_with(&lacks), "{said}");
    }
}

#[test]
fn the_logical_id_changes_with_what_is_deployed() {
    for (resource, from, to) in [
        ("Throttled", "'1'", "'2'"),
        ("ItemPreflight", "'7200'", "'600'"),
        ("ItemMethod", "      HttpMethod: ANY", "      HttpMethod: GET"),
        ("V1Resource", "PathPart: v1", "PathPart: v2"),
        ("Authorizer", "Name: users", "Name: people"),
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
        ("Throttled", "\"'1'\"", "'''1'''"),
        ("Throttled", "RestApiId: !Ref Api", "RestApiId: { Ref: Api } # a comment"),
    ] {
        let changed = patched(TEMPLATE, resource, from, to);
        assert_eq!(repair(&changed).unwrap(), changed, "{resource}");
    }
}

#[test]
fn an_id_that_is_not_what_is_deployed_is_found() {
    let changed = patched(TEMPLATE, "Throttled", "'1'", "'2'");
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
    let changed = patched(TEMPLATE, "Throttled", "'1'", "'2'");
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
    let uri = "https://${stageVariables.backendHost}/api/v1/resource\n";
    let said = only("CollectionMethod", &uri[..uri.len() - 1], "!Sub https://${BackendHost}/api/v1/resource");
    assert_eq!(
        said,
        "CollectionMethod: it refers to the parameter BackendHost, whose new value alone is not deployed; use a stage variable, or write it out [deployment-parameter]"
    );
}
