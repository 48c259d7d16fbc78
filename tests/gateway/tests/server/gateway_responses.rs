//! The gateway's own answers, configured by a template.

use crate::running::{Answer, Running, hourly, keys};
use mock_gateway::policy::{Period, Quota};
use mock_gateway::server::{Settings, Template};

const TEMPLATE: &str = r#"
Resources:
  Plan: { Type: "AWS::ApiGateway::UsagePlan", Properties: { Throttle: { RateLimit: 0.001, BurstLimit: 1 } } }
  Throttled:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      ResponseType: THROTTLED
      ResponseParameters:
        gatewayresponse.header.Access-Control-Allow-Origin: "'https://app.example.com'"
        gatewayresponse.header.Retry-After: "'7'"
        gatewayresponse.header.X-Echo: method.request.header.X-Echo
      ResponseTemplates:
        application/json: '{"message":$context.error.messageString,"type":"$context.error.responseType","id":"$context.requestId"}'
  Quota:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      ResponseType: QUOTA_EXCEEDED
      StatusCode: "430"
      ResponseParameters: { gatewayresponse.header.Retry-After: "'3600'" }
  Default:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      ResponseType: DEFAULT_4XX
      ResponseParameters: { gatewayresponse.header.X-Default: "'yes'" }
      ResponseTemplates: { application/json: "$context.error.message" }
"#;

fn settings() -> Settings {
    let mut settings = hourly(1);
    settings.follow(Template::read(TEMPLATE, None).unwrap());
    settings
}

fn throttled(gateway: &Running) -> Answer {
    assert_eq!(gateway.call(&[]).status(), 200);
    let answer = gateway.call(&[]);
    assert_eq!(answer.status(), 429);
    answer
}

#[test]
fn an_answer_has_the_headers_and_the_body_that_are_set_up_for_it() {
    let answer = throttled(&Running::start(settings()));
    assert_eq!(answer.header("retry-after"), Some("7"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example.com"));
    assert_eq!(answer.header("access-control-expose-headers"), None, "nothing is added to what is set up");
    assert_eq!(answer.header("x-amzn-errortype"), Some("TooManyRequestsException"));
    assert_eq!(answer.header("x-echo"), None, "what is mapped from the request is not imitated");
    let id = answer.header("x-amzn-requestid").unwrap();
    assert_eq!(answer.body(), format!(r#"{{"message":"Too Many Requests","type":"THROTTLED","id":"{id}"}}"#));
}

#[test]
fn a_used_up_quota_has_a_retry_after_and_a_status_of_its_own() {
    let mut settings = settings();
    settings.plan.quota = Some(Quota { limit: 0, period: Period::Month });
    let answer = Running::start(settings).call(&[]);
    assert_eq!((answer.status(), answer.body()), (430, r#"{"message":"Limit Exceeded"}"#));
    assert_eq!(answer.header("retry-after"), Some("3600"));
    assert_eq!(answer.header("access-control-allow-origin"), None, "none is set up");
}

#[test]
fn the_default_is_for_all_that_have_none_of_their_own() {
    let gateway = Running::start(Settings { api_keys: keys(&["key"]), ..settings() });
    let answer = gateway.call(&[]);
    assert_eq!((answer.status(), answer.body()), (403, "Forbidden"));
    assert_eq!(answer.header("x-default"), Some("yes"));
}

#[test]
fn what_is_said_elsewhere_wins() {
    let gateway = Running::start(Settings { error_cors: false, ..settings() });
    gateway.reset(r#"{"retryAfter": 9}"#);
    let answer = throttled(&gateway);
    assert_eq!(answer.header("retry-after"), Some("9"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
}
