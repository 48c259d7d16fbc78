//! Files that are no templates.

use infra_check::Template;

fn why(text: &str) -> String {
    Template::read(text).unwrap_err().to_string()
}

#[test]
fn each_reason_is_said_in_a_line() {
    assert_eq!(why(""), "the file is empty");
    assert_eq!(why("Parameters: {}"), "there are no Resources in it");
    assert_eq!(why("Resources: {}"), "there are no Resources in it");
    assert_eq!(why("Resources: 7"), "there are no Resources in it");
    assert_eq!(why("Resources:\n  Api:\n    Type: A\n  Plan: {}"), "line 4: Plan: a resource without a Type");
    assert_eq!(
        why("Resources: { Api: { Type: A, Properties: [] } }"),
        "line 1: Api: its Properties are no map"
    );
    assert_eq!(why("Resources:\n  Api: !Reff Name"), "line 2: !Reff is no function of CloudFormation");
    assert_eq!(
        why("Resources: { Api: { Type: A } }\n---\nResources: {}"),
        "not YAML: more than one document"
    );
    assert_eq!(why("Resources: { [a]: { Type: A } }"), "not YAML: line 1: a key that is no text");
}

#[test]
fn what_yaml_does_not_allow_is_said_with_its_place() {
    for text in ["{", "a: b: c", "Resources:\n\tApi: 1", "Resources: { A: { Type: A }, A: { Type: B } }"] {
        let why = why(text);
        assert!(why.starts_with("not YAML: ") && why.contains("line") && !why.contains('\n'), "{why}");
    }
}

#[test]
fn json_and_the_long_forms_of_functions_are_read_too() {
    let text = r#"{"Resources": {"Key": {"Type": "AWS::ApiGateway::ApiKey",
        "Properties": {"Enabled": true, "Value": {"Fn::Sub": ["${A}${B}", {"A": {"Ref": "C"}}]}}}}}"#;
    let template = Template::read(text).unwrap();
    let key = template.resource("Key").unwrap();
    assert_eq!(key.property("Value").unwrap().node().references(), ["B", "C"]);
}

#[test]
fn both_forms_of_an_attribute_are_one() {
    let of = |text: &str| {
        Template::read(text).unwrap().resource("A").unwrap().property("B").unwrap().node().clone()
    };
    let short = of("Resources: { A: { Type: T, Properties: { B: !GetAtt C.D.E } } }");
    assert_eq!(short, of("Resources: { A: { Type: T, Properties: { B: { Fn::GetAtt: [C, D.E] } } } }"));
    assert_eq!(short.references(), ["C"]);
}
