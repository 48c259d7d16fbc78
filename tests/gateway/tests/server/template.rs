//! The limits and answers read from an infrastructure template.

use crate::running::limit;
use mock_gateway::answer::{GatewayResponse, RetryAfter};
use mock_gateway::policy::{Method, Period, Quota};
use mock_gateway::server::{Template, TemplateError};

const TEMPLATE: &str = r#"
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  RequestsPerSecond: { Type: Number, Default: 1.6667 }
  Burst: { Type: Number, Default: "200" }
  Unknown: { Type: Number }
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    DependsOn: Stage
    Properties:
      UsagePlanName: !Sub "${AWS::StackName}-plan"
      Throttle: { RateLimit: !Ref RequestsPerSecond, BurstLimit: !Ref Burst }
      Quota: { Limit: 10000, Period: DAY }
      ApiStages:
        - ApiId: !Ref Api
          Stage: !Ref Stage
          Throttle:
            "/items/{id}/GET": { RateLimit: 5, BurstLimit: 10 }
  OtherPlan:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      Throttle: { RateLimit: 1, BurstLimit: 1 }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      MethodSettings:
        - { ResourcePath: "/*", HttpMethod: "*", ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }
        - { ResourcePath: "/~1api~1items", HttpMethod: OPTIONS, ThrottlingRateLimit: 9.5, ThrottlingBurstLimit: 20 }
        - { ResourcePath: "/~1quiet", HttpMethod: GET, MetricsEnabled: true }
  Throttled:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      ResponseType: THROTTLED
      ResponseParameters:
        gatewayresponse.header.Access-Control-Allow-Origin: "'*'"
        gatewayresponse.header.Retry-After: "'1'"
  AllOthers:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      ResponseType: DEFAULT_4XX
      ResponseParameters:
        gatewayresponse.header.Retry-After: "'60'"
"#;

fn read(from: &str, to: &str) -> Result<Template, TemplateError> {
    assert!(TEMPLATE.contains(from), "{from}");
    Template::read(&TEMPLATE.replace(from, to), None)
}

#[test]
fn the_first_usage_plan_counts_with_its_parameters_defaults() {
    let plan = Template::read(TEMPLATE, None).unwrap().plan;
    assert_eq!(plan.throttle, limit("1.6667/s", 200));
    assert_eq!(plan.quota, Some(Quota { limit: 10_000, period: Period::Day }));
    assert_eq!(plan.methods, [(Method::new("GET", "/items/{id}"), limit("5/s", 10))].into());
}

#[test]
fn the_stages_settings_count_where_they_throttle() {
    let stage = Template::read(TEMPLATE, None).unwrap().stage;
    assert_eq!(stage.throttle, Some(limit("100/s", 50)));
    assert_eq!(stage.methods, [(Method::new("OPTIONS", "/api/items"), limit("9.5/s", 20))].into());
}

/// The `Retry-After` of a throttled request, and the configured headers of both refusals.
fn refusals(template: &Template) -> (RetryAfter, Option<&str>, Option<&str>) {
    let responses = template.responses.as_ref().unwrap();
    let retry_after = |refusal| responses.retry_after(refusal);
    (
        template.retry_after,
        retry_after(GatewayResponse::Throttled),
        retry_after(GatewayResponse::QuotaExceeded),
    )
}

#[test]
fn a_gateway_response_shadows_the_default_and_the_default_counts_only_without_it() {
    let template = Template::read(TEMPLATE, None).unwrap();
    assert_eq!(refusals(&template), (RetryAfter::Seconds(1), Some("1"), Some("60")));
    let template = read("ResponseType: THROTTLED", "ResponseType: QUOTA_EXCEEDED").unwrap();
    assert_eq!(refusals(&template), (RetryAfter::Seconds(60), Some("60"), Some("1")));
}

#[test]
fn without_gateway_responses_it_is_as_amazon_has_it() {
    let template = read("AWS::ApiGateway::GatewayResponse", "Custom::Other").unwrap();
    assert_eq!(refusals(&template), (RetryAfter::None, None, None));
}

const STAGES: &str = r#"
Parameters: { Name: { Default: prod } }
Resources:
  One: { Type: "AWS::ApiGateway::Stage", Properties: { StageName: test, MethodSettings: [
    { ResourcePath: "/*", HttpMethod: "*", ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 }] } }
  Two: { Type: "AWS::ApiGateway::Stage", Properties: { StageName: !Ref Name, MethodSettings: [
    { ResourcePath: "/*", HttpMethod: "*", ThrottlingRateLimit: 2, ThrottlingBurstLimit: 2 }] } }
  PlanOne: { Type: "AWS::ApiGateway::UsagePlan", Properties: { ApiStages: [{ Stage: test }],
    Throttle: { RateLimit: 10, BurstLimit: 10 } } }
  PlanTwo: { Type: "AWS::ApiGateway::UsagePlan", Properties: { ApiStages: [{ Stage: !Ref Two }],
    Throttle: { RateLimit: 20, BurstLimit: 20 } } }
"#;

#[test]
fn a_stage_is_found_by_its_name_and_its_plan_by_what_that_names() {
    let of = |stage| {
        let template = Template::read(STAGES, stage).unwrap();
        (template.stage.throttle.unwrap(), template.plan.throttle)
    };
    assert_eq!(of(None), (limit("1/s", 1), limit("10/s", 10)));
    assert_eq!(of(Some("test")), (limit("1/s", 1), limit("10/s", 10)));
    assert_eq!(of(Some("prod")), (limit("2/s", 2), limit("20/s", 20)));
}

#[test]
fn a_stage_that_is_not_there_is_named_beside_those_that_are() {
    let message = |stage| Template::read(STAGES, Some(stage)).unwrap_err().to_string();
    assert_eq!(message("Two"), "StageName: Two: no stage is called that; there is test, prod");
    let text = "Resources: { P: { Type: A, Properties: {} } }";
    let message = Template::read(text, Some("prod")).unwrap_err().to_string();
    assert_eq!(message, "StageName: prod: no stage is called that; there is none");
}

#[test]
fn json_and_the_long_form_of_a_reference_are_read_too() {
    let template = Template::read(
        r#"{"Parameters": {"Rate": {"Default": 2}}, "Resources": {"Plan": {"Type": "AWS::ApiGateway::UsagePlan",
            "Properties": {"Throttle": {"RateLimit": {"Ref": "Rate"}, "BurstLimit": 3}}}}}"#,
        None,
    );
    assert_eq!(template.unwrap().plan.throttle, limit("2/s", 3));
}

#[test]
fn what_cannot_be_read_is_named_with_its_value() {
    let message = |from: &str, to: &str| read(from, to).unwrap_err().to_string();
    let no_number = "not a number, nor a parameter with one for its default";
    assert_eq!(
        message("!Ref RequestsPerSecond", "!Ref Unknown"),
        format!("RateLimit: !Ref Unknown: {no_number}")
    );
    assert_eq!(
        message("!Ref RequestsPerSecond", "{ Ref: Unknown }"),
        format!("RateLimit: !Ref Unknown: {no_number}")
    );
    assert_eq!(
        message("!Ref RequestsPerSecond", "!GetAtt RequestsPerSecond"),
        format!("RateLimit: !GetAtt RequestsPerSecond: {no_number}")
    );
    assert_eq!(message("!Ref RequestsPerSecond", "fast"), format!("RateLimit: fast: {no_number}"));
    assert_eq!(message("!Ref RequestsPerSecond", "[1]"), format!("RateLimit: a list: {no_number}"));
    assert_eq!(message("!Ref RequestsPerSecond", "-1"), "RateLimit: -1: a rate is a number from 0 on");
    let no_whole_number = "not a whole number from 0 on, nor a parameter with one for its default";
    assert_eq!(
        message("BurstLimit: !Ref Burst", "Other: 1"),
        format!("BurstLimit: absent: {no_whole_number}")
    );
    assert_eq!(message("!Ref Burst", "1.5"), format!("BurstLimit: 1.5: {no_whole_number}"));
    assert_eq!(message("!Ref Burst", "-1"), format!("BurstLimit: -1: {no_whole_number}"));
    assert_eq!(message("Default: \"200\"", "Default: -200"), format!("BurstLimit: -200: {no_whole_number}"));
    assert_eq!(message("Limit: 10000", "Limit: 0.5"), format!("Quota.Limit: 0.5: {no_whole_number}"));
    assert_eq!(message("Period: DAY", "Period: MINUTE"), "Quota.Period: MINUTE: DAY, WEEK or MONTH");
    assert_eq!(
        message("\"'1'\"", "\"1\""),
        "gatewayresponse.header.Retry-After: 1: a static value is in single quotes of its own, such as \"'1'\""
    );
    assert_eq!(
        message("\"'1'\"", "\"'soon'\""),
        "gatewayresponse.header.Retry-After: 'soon': not a number of seconds"
    );
    assert_eq!(
        message("ResponseType: THROTTLED", "ResponseType: THROTTLED\n      StatusCode: \"99\""),
        "StatusCode: 99: no status of HTTP"
    );
    assert_eq!(
        message("\"/items/{id}/GET\"", "items-GET"),
        "ApiStages: items-GET: a method is an HTTP method and a resource, such as 'GET /items/{id}'"
    );
    assert_eq!(
        message("AWS::ApiGateway::UsagePlan", "Custom::Other"),
        "there is no AWS::ApiGateway::UsagePlan with a Throttle in it"
    );
    assert!(matches!(Template::read("", None), Err(TemplateError::Malformed(_))));
    assert!(matches!(Template::read("{", None), Err(TemplateError::Malformed(_))));
}
