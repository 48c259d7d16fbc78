//! The methods of an API, read from the OpenAPI document in a template.

use crate::running::{Answer, Running, hourly, keys, limit};
use mock_gateway::server::{Authorizer, Settings, Template, TemplateError};

const TEMPLATE: &str = r#"
Resources:
  Plan: { Type: "AWS::ApiGateway::UsagePlan", Properties: { Throttle: { RateLimit: 0.001, BurstLimit: 2 } } }
  Other: { Type: "AWS::ApiGateway::RestApi", Properties: { Body: { paths: {} } } }
  Stage: { Type: "AWS::ApiGateway::Stage", Properties: { RestApiId: !Ref Api } }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-API-Key }
            users:
              type: apiKey
              in: header
              name: Authorization
              x-amazon-apigateway-authtype: cognito_user_pools
              x-amazon-apigateway-authorizer: { type: cognito_user_pools, providerARNs: [!GetAtt Pool.Arn] }
        paths:
          /items/{id}:
            get:
              security: [{ users: [] }, { key: [] }]
            put:
              security: [{ users: [], key: [] }]
            options:
              x-amazon-apigateway-integration:
                type: mock
                responses:
                  default:
                    statusCode: "204"
                    responseParameters:
                      method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'"
                      method.response.header.Access-Control-Allow-Headers: "'x-api-key'"
                      method.response.header.X-Mapped: integration.response.header.X-Mapped
          /open:
            x-amazon-apigateway-any-method: {}
          /tokens:
            x-amazon-apigateway-any-method: { security: [{ users: [] }] }
        x-amazon-apigateway-gateway-responses:
          THROTTLED: { responseParameters: { gatewayresponse.header.Retry-After: "'7'" } }
          MISSING_AUTHENTICATION_TOKEN:
            statusCode: "404"
            responseTemplates: { application/json: '{"message":"Not Found"}' }
"#;

const KEY: (&str, &str) = ("x-api-key", "key");
const TOKEN: (&str, &str) = ("authorization", "token");

fn start() -> Running {
    let mut settings = Settings {
        api_keys: keys(&["key"]),
        authorizer: Authorizer::Tokens(vec!["token".into()]),
        ..hourly(1)
    };
    settings.follow(Template::read(TEMPLATE, None).unwrap());
    Running::start(settings)
}

fn status(gateway: &Running, method: &str, path: &str, headers: &[(&str, &str)]) -> u16 {
    gateway.request(method, path, headers, "").status()
}

#[test]
fn a_method_asks_for_the_key_and_the_token_that_its_security_names() {
    let gateway = start();
    for method in ["GET", "PUT"] {
        assert_eq!(status(&gateway, method, "/items/17", &[KEY, TOKEN]), 200);
    }
    assert_eq!(status(&gateway, "GET", "/items/17", &[KEY, TOKEN]), 429);
    assert_eq!(status(&gateway, "GET", "/items/17", &[TOKEN]), 403);
    assert_eq!(gateway.stats()["authorizer"], 2);
}

#[test]
fn a_method_without_a_key_counts_against_no_plan() {
    let gateway = start();
    for _ in 0..5 {
        assert_eq!(status(&gateway, "POST", "/open", &[]), 200);
        assert_eq!(status(&gateway, "GET", "/tokens", &[TOKEN]), 200);
    }
    assert_eq!(status(&gateway, "GET", "/tokens", &[]), 401);
    assert_eq!(status(&gateway, "GET", "/items/17", &[KEY, TOKEN]), 200);
}

#[test]
fn a_method_without_a_key_counts_against_the_stage() {
    let mut settings = hourly(1);
    settings.follow(Template::read(TEMPLATE, None).unwrap());
    settings.stage.throttle = Some(limit("1/hour", 2));
    let gateway = Running::start(settings);
    let statuses: Vec<_> = (0..3).map(|_| status(&gateway, "GET", "/open", &[])).collect();
    assert_eq!(statuses, [200, 200, 429]);
}

#[test]
fn a_method_or_a_path_that_the_document_does_not_have_is_none_of_the_api() {
    let gateway = start();
    for (method, path) in
        [("DELETE", "/items/17"), ("GET", "/items"), ("OPTIONS", "/nowhere"), ("GET", "/api/v1/resource")]
    {
        let answer = gateway.request(method, path, &[KEY, TOKEN], "");
        assert_eq!((answer.status(), answer.body()), (404, r#"{"message":"Not Found"}"#), "{method} {path}");
        assert_eq!(answer.header("x-amzn-errortype"), Some("MissingAuthenticationTokenException"));
    }
    let stats = gateway.stats();
    assert_eq!((stats["authorizer"].as_u64(), stats["backend"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn a_preflight_is_answered_as_the_document_says_and_by_no_backend() {
    let gateway = start();
    let asked = [
        ("origin", "https://app.example.com"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "x-api-key,x-other"),
    ];
    let answer = gateway.request("OPTIONS", "/items/17", &asked, "");
    assert_eq!((answer.status(), answer.body()), (204, ""));
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://app.example.com"));
    assert_eq!(
        answer.header("access-control-allow-headers"),
        Some("x-api-key"),
        "what is not listed is not allowed"
    );
    assert_eq!(answer.header("x-mapped"), None, "what is mapped is not imitated");
    assert!(answer.header("x-amzn-requestid").is_some());
    assert_eq!(gateway.stats()["backend"], 0);
}

#[test]
fn its_gateway_responses_are_read_as_those_beside_it_are() {
    let gateway = start();
    let answer = |gateway: &Running| -> Answer { gateway.request("GET", "/items/1", &[KEY, TOKEN], "") };
    assert_eq!([answer(&gateway).status(), answer(&gateway).status()], [200, 200]);
    let refused = answer(&gateway);
    assert_eq!((refused.status(), refused.header("retry-after")), (429, Some("7")));
}

#[test]
fn a_change_of_the_document_counts_without_a_restart() {
    let gateway = start();
    assert_eq!(status(&gateway, "DELETE", "/items/17", &[KEY, TOKEN]), 404);
    let changed = TEMPLATE.replace("            put:", "            delete:");
    gateway.reloader.follow(Template::read(&changed, None).unwrap()).unwrap();
    assert_eq!(status(&gateway, "DELETE", "/items/17", &[KEY, TOKEN]), 200);
    assert_eq!(status(&gateway, "PUT", "/items/17", &[KEY, TOKEN]), 404);
}

#[test]
fn what_is_wrong_in_it_is_said_with_its_place_and_its_value() {
    let said = |from: &str, to: &str| -> String {
        assert!(TEMPLATE.contains(from), "{from}");
        let error: TemplateError = Template::read(&TEMPLATE.replace(from, to), None).unwrap_err();
        error.to_string()
    };
    assert_eq!(
        said("{ users: [], key: [] }", "{ user: [] }"),
        "paths./items/{id}.put.security: user: there is no such security scheme"
    );
    assert_eq!(said("/open:", "open:"), "paths: open: a path begins with a slash");
    assert_eq!(
        said("/open:", "\"/items/{name}\":"),
        "paths: /items/{id}, /items/{name}: the same to a caller"
    );
    let preflight = "paths./items/{id}.options.x-amazon-apigateway-integration.responses.default";
    assert_eq!(
        said("statusCode: \"204\"", "statusCode: fine"),
        format!("{preflight}.statusCode: fine: no status of HTTP")
    );
    assert_eq!(
        said("default:", "other:"),
        format!("{preflight}: absent: a method without a backend needs a static answer")
    );
    assert_eq!(
        said("method.response.header.Access-Control-Allow-Headers", "method.response.body"),
        format!("{preflight}.responseParameters.method.response.body: 'x-api-key': no header of HTTP")
    );
}
