//! Admission of requests, and their form at the backend.

use crate::running::{Running, hourly, keys};
use mock_gateway::server::{Authorizer, Settings};
use serde_json::json;

#[test]
fn the_backend_says_what_it_was_asked() {
    let gateway = Running::start(hourly(1));
    let answer = gateway.request("POST", "/api/v1/resource/17?a=1&b=2", &[], "twelve bytes");
    assert_eq!(
        answer.json(),
        json!({"method": "POST", "path": "/api/v1/resource/17", "query": "a=1&b=2", "bodyBytes": 12})
    );
    assert!(answer.header("x-amzn-requestid").is_some());
}

#[test]
fn an_unknown_path_is_forbidden_takes_no_token_and_runs_no_check() {
    let api_keys = keys(&["key"]);
    let gateway = Running::start(Settings { api_keys, ..hourly(1) });
    for path in ["/", "/api/v1", "/api/v1/resources", "/api/v2/resource"] {
        let answer = gateway.get(path);
        assert_eq!(answer.status(), 403, "{path}");
        assert_eq!(answer.body(), r#"{"message":"Missing Authentication Token"}"#);
        assert_eq!(answer.header("x-amzn-errortype"), Some("MissingAuthenticationTokenException"));
    }
    assert_eq!(gateway.call(&[("x-api-key", "key")]).status(), 200);
    assert_eq!(gateway.stats()["forbidden"], 4);
}

#[test]
fn no_key_or_an_unknown_one_is_forbidden_and_takes_no_token() {
    let gateway = Running::start(Settings { api_keys: keys(&["key"]), ..hourly(1) });
    for headers in [&[][..], &[("x-api-key", "other")], &[("x-api-key", "")]] {
        let answer = gateway.call(headers);
        assert_eq!(answer.status(), 403);
        assert_eq!(answer.body(), r#"{"message":"Forbidden"}"#);
        assert_eq!(answer.header("x-amzn-errortype"), Some("ForbiddenException"));
    }
    assert_eq!(gateway.call(&[("x-api-key", "key")]).status(), 200);
}

#[test]
fn no_token_or_an_unknown_one_is_unauthorized_and_reaches_no_backend() {
    let gateway =
        Running::start(Settings { authorizer: Authorizer::Tokens(vec!["good".into()]), ..hourly(9) });
    for headers in [&[][..], &[("authorization", "Bearer bad")], &[("authorization", "Basic good")]] {
        let answer = gateway.call(headers);
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.body(), r#"{"message":"Unauthorized"}"#);
        assert_eq!(answer.header("x-amzn-errortype"), Some("UnauthorizedException"));
    }
    assert_eq!(gateway.call(&[("authorization", "bearer good")]).status(), 200);
    assert_eq!(gateway.call(&[("authorization", "good")]).status(), 200, "Cognito takes a bare token");
    let stats = gateway.stats();
    assert_eq!((&stats["unauthorized"], &stats["backend"]), (&json!(3), &json!(2)));
}
