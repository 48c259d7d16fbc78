//! What an infrastructure template says about throttling.

use crate::running::limit;
use mock_gateway::answer::RetryAfter;
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
    Template::read(&TEMPLATE.replace(from, to))
}

#[test]
fn the_first_usage_plan_counts_with_its_parameters_defaults() {
    let plan = Template::read(TEMPLATE).unwrap().plan;
    assert_eq!(plan.throttle, limit("1.6667/s", 200));
    assert_eq!(plan.quota, Some(Quota { limit: 10_000, period: Period::Day }));
    assert_eq!(plan.methods, [(Method::new("GET", "/items/{id}"), limit("5/s", 10))].into());
}

#[test]
fn the_stages_settings_count_where_they_throttle() {
    let stage = Template::read(TEMPLATE).unwrap().stage;
    assert_eq!(stage.throttle, Some(limit("100/s", 50)));
    assert_eq!(stage.methods, [(Method::new("OPTIONS", "/api/items"), limit("9.5/s", 20))].into());
}

#[test]
fn the_gateway_response_says_how_a_refusal_is_worded() {
    let template = Template::read(TEMPLATE).unwrap();
    assert_eq!((template.retry_after, template.error_cors), (RetryAfter::Seconds(1), true));
}

#[test]
fn one_without_cors_shadows_the_default_and_the_default_counts_only_without_it() {
    let template = read("ResponseType: THROTTLED", "ResponseType: QUOTA_EXCEEDED").unwrap();
    assert_eq!((template.retry_after, template.error_cors), (RetryAfter::Seconds(60), false));
    let template = read("gatewayresponse.header.Access-Control-Allow-Origin", "other").unwrap();
    assert_eq!((template.retry_after, template.error_cors), (RetryAfter::Seconds(1), false));
}

#[test]
fn without_gateway_responses_it_is_as_amazon_has_it() {
    let template = read("AWS::ApiGateway::GatewayResponse", "Custom::Other").unwrap();
    assert_eq!((template.retry_after, template.error_cors), (RetryAfter::None, false));
}

#[test]
fn json_and_the_long_form_of_a_reference_are_read_too() {
    let template = Template::read(
        r#"{"Parameters": {"Rate": {"Default": 2}}, "Resources": {"Plan": {"Type": "AWS::ApiGateway::UsagePlan",
            "Properties": {"Throttle": {"RateLimit": {"Ref": "Rate"}, "BurstLimit": 3}}}}}"#,
    );
    assert_eq!(template.unwrap().plan.throttle, limit("2/s", 3));
}

#[test]
fn what_cannot_be_read_is_named() {
    let message = |from: &str, to: &str| read(from, to).unwrap_err().to_string();
    let no_number = "RateLimit: not a number, or a reference to a parameter without a default";
    assert_eq!(message("!Ref RequestsPerSecond", "!Ref Unknown"), no_number);
    assert_eq!(message("!Ref RequestsPerSecond", "!GetAtt RequestsPerSecond"), no_number);
    assert_eq!(message("!Ref RequestsPerSecond", "fast"), no_number);
    assert_eq!(message("!Ref RequestsPerSecond", "-1"), "RateLimit: a rate is a number from 0 on");
    assert_eq!(
        message("BurstLimit: !Ref Burst", "Other: 1"),
        "BurstLimit: not a number, or a reference to a parameter without a default"
    );
    assert_eq!(message("Period: DAY", "Period: MINUTE"), "Quota.Period: DAY, WEEK or MONTH");
    assert_eq!(
        message("\"'1'\"", "\"1\""),
        "gatewayresponse.header.Retry-After: a static value is in single quotes of its own, such as \"'1'\""
    );
    assert_eq!(
        message("\"/items/{id}/GET\"", "items-GET"),
        "ApiStages: a method is an HTTP method and a resource, such as 'GET /items/{id}'"
    );
    assert_eq!(
        message("AWS::ApiGateway::UsagePlan", "Custom::Other"),
        "there is no AWS::ApiGateway::UsagePlan with a Throttle in it"
    );
    assert!(matches!(Template::read(""), Err(TemplateError::Malformed(_))));
    assert!(matches!(Template::read("{"), Err(TemplateError::Malformed(_))));
}
