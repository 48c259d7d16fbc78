//! The rights of a page of another origin.

use crate::running::{Running, hourly, keys};
use mock_gateway::server::{Authorizer, Settings};

const PREFLIGHT: [(&str, &str); 3] = [
    ("origin", "http://app.example"),
    ("access-control-request-method", "PUT"),
    ("access-control-request-headers", "x-api-key,authorization"),
];

#[test]
fn a_preflight_needs_no_key_and_no_token_and_counts_against_no_limit() {
    let settings = Settings {
        api_keys: keys(&["key"]),
        authorizer: Authorizer::Tokens(vec!["good".into()]),
        ..hourly(1)
    };
    let gateway = Running::start(settings);
    for _ in 0..5 {
        let answer = gateway.request("OPTIONS", "/api/v1/resource/17", &PREFLIGHT, "");
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.body(), "");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            answer.header("access-control-allow-methods"),
            Some("DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT")
        );
        assert_eq!(answer.header("access-control-allow-headers"), Some("x-api-key,authorization"));
    }
    assert_eq!(gateway.call(&[("x-api-key", "key"), ("authorization", "good")]).status(), 200);
    let stats = gateway.stats();
    assert_eq!((stats["admitted"].as_u64(), stats["backend"].as_u64()), (Some(1), Some(1)));
}

fn exposed(gateway: &Running) -> Vec<String> {
    let answer = gateway.call(&[("origin", "http://app.example")]);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let exposed = answer.header("access-control-expose-headers").unwrap();
    exposed.split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

#[test]
fn answers_and_errors_let_a_page_read_what_it_needs_to_wait() {
    let gateway = Running::start(hourly(1));
    for _answer_then_error in 0..2 {
        let exposed = exposed(&gateway);
        for name in
            ["retry-after", "date", "x-amzn-errortype", "x-amzn-requestid", "ratelimit", "ratelimit-policy"]
        {
            assert!(exposed.iter().any(|exposed| exposed == name), "{name}");
        }
    }
    assert_eq!(gateway.stats()["throttled"], 1);
}

#[test]
fn as_amazon_is_by_default_only_the_gateways_own_errors_lack_cors() {
    let gateway = Running::start(Settings { error_cors: false, api_keys: keys(&["key"]), ..hourly(1) });
    let key = ("x-api-key", "key");
    let origin = |headers: &[_]| {
        let answer = gateway.call(headers);
        let cors = answer.header("access-control-allow-origin").is_some();
        let exposes = answer.header("access-control-expose-headers").is_some();
        assert_eq!(cors, exposes);
        (answer.status(), cors)
    };
    assert_eq!(origin(&[key]), (200, true));
    assert_eq!(origin(&[key]), (429, false));
    assert_eq!(origin(&[]), (403, false));
    assert_eq!(gateway.request("OPTIONS", "/api/v1/resource", &PREFLIGHT, "").status(), 200);
}

#[test]
fn every_origin_may_read_what_the_gateway_says_about_itself() {
    let gateway = Running::start(hourly(1));
    for path in ["stats", "log"] {
        let answer = gateway.get(&format!("/__gateway/{path}"));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
    let preflight = [PREFLIGHT[0], ("access-control-request-method", "POST"), PREFLIGHT[2]];
    assert_eq!(gateway.request("OPTIONS", "/__gateway/reset", &preflight, "").status(), 200);
}
