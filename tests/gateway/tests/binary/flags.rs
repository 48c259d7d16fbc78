//! The effect of each flag. The library's tests cover the details.

use crate::{Scratch, agent, run, start};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use ureq::http::Response;

/// Runs a program with a bucket of one token that never refills, and these flags.
fn once(flags: &[&str], test: impl FnOnce(&dyn Fn(&str, &[(&str, &str)]) -> Response<String>)) {
    let (_program, url) = start(&[&["--port", "0", "--rate", "1/day", "--burst", "1"], flags].concat());
    let agent = agent();
    test(&|path, headers| {
        let call = agent.get(format!("{url}{path}"));
        let call = headers.iter().fold(call, |call, (name, value)| call.header(*name, *value));
        let mut response = call.call().unwrap();
        let body = response.body_mut().read_to_string().unwrap();
        response.map(|_| body)
    });
}

const RESOURCE: &str = "/api/v1/resource";

fn header<'a>(response: &'a Response<String>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[test]
fn api_key() {
    once(&["--api-key", "first", "--api-key", "second"], |call| {
        let statuses =
            ["first", "first", "second", "other"].map(|key| call(RESOURCE, &[("x-api-key", key)]).status());
        assert_eq!(statuses.map(|status| status.as_u16()), [200, 429, 200, 403]);
    });
}

#[test]
fn retry_after_and_no_error_cors() {
    once(&["--retry-after", "7", "--no-error-cors"], |call| {
        assert!(header(&call(RESOURCE, &[]), "access-control-allow-origin").is_some());
        let throttled = call(RESOURCE, &[]);
        assert_eq!(header(&throttled, "retry-after"), Some("7"));
        assert_eq!(header(&throttled, "access-control-allow-origin"), None);
    });
    once(&[], |call| {
        call(RESOURCE, &[]);
        let throttled = call(RESOURCE, &[]);
        assert_eq!(header(&throttled, "retry-after"), None);
        assert_eq!(header(&throttled, "access-control-allow-origin"), Some("*"));
    });
}

#[test]
fn quota_and_rate_limit_fields() {
    once(&["--burst", "9", "--quota", "1/month", "--rate-limit-fields"], |call| {
        assert_eq!(header(&call(RESOURCE, &[]), "ratelimit"), Some(r#""default";r=8;t=86400,"month";r=0"#));
        assert_eq!(call(RESOURCE, &[]).body(), r#"{"message":"Limit Exceeded"}"#);
    });
}

#[test]
fn bearer_token_and_order() {
    let statuses = |order| {
        let mut statuses = Vec::new();
        once(&["--bearer-token", "good", "--order", order], |call| {
            statuses.extend(
                ["bad", "good", "good"]
                    .map(|token| call(RESOURCE, &[("authorization", token)]).status().as_u16()),
            );
        });
        statuses
    };
    assert_eq!(statuses("rate-limit-first"), [401, 429, 429]);
    assert_eq!(statuses("authorizer-first"), [401, 200, 429]);
}

#[test]
fn method_limit_stage_limit_and_stage_method_limit() {
    let flags = [
        "--burst=9",
        "--method-limit=GET /api/v1/resource/{id}=1/day,1",
        "--stage-limit=1/day,2",
        "--stage-method-limit=GET /api/v1/resource/{id}/parts=1/day,3",
    ];
    once(&flags, |call| {
        let passed = |path: &str| (0..5).filter(|_| call(path, &[]).status() == 200).count();
        let counts = ["/api/v1/resource/1", RESOURCE, "/api/v1/resource/1/parts"].map(passed);
        assert_eq!(counts, [1, 2, 3]);
    });
}

#[test]
fn latency_and_jitter() {
    once(&["--latency", "60ms", "--jitter", "10ms"], |call| {
        let asked = Instant::now();
        call(RESOURCE, &[]);
        assert!(asked.elapsed() >= Duration::from_millis(50));
    });
}

#[test]
fn upstream_and_trust_proxy() {
    once(&["--trust-proxy", "127.0.0.0/8"], |behind| {
        behind(RESOURCE, &[("x-forwarded-for", "203.0.113.7")]);
        assert!(behind("/__gateway/log", &[]).body().contains(r#""client":"203.0.113.7""#));
    });
    let (_backend, url) = start(&["--port", "0"]);
    once(&["--upstream", &format!("{url}/api")], |call| {
        assert!(call("/v1/resource/17", &[]).body().contains(r#""path":"/api/v1/resource/17""#));
    });
}

#[test]
fn access_log_appends_to_a_file() {
    let log = Scratch::new("access.log", "before\n");
    once(&["--access-log", log.path()], |call| {
        call(RESOURCE, &[]);
    });
    let text = fs::read_to_string(log.path()).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines.first()), (2, Some(&"before")));
    assert!(lines[1].contains(r#""status":"200""#), "{text}");
}

#[test]
fn jwks_jwt_issuer_and_jwt_audience() {
    let jwks =
        Scratch::new("jwks.json", r#"{"keys": [{"kty": "RSA", "kid": "one", "n": "sXch", "e": "AQAB"}]}"#);
    once(&["--jwks", jwks.path(), "--jwt-issuer", "https://pool.example", "--jwt-audience", "app"], |call| {
        assert_eq!(call(RESOURCE, &[("authorization", "Bearer no.such.token")]).status(), 401);
    });
}

#[test]
fn jwks_from_a_server_on_this_machine() {
    let keys = r#"{"keys": [{"kty": "RSA", "kid": "one", "n": "sXch", "e": "AQAB"}]}"#;
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/jwks.json", server.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut connection, _) = server.accept().unwrap();
        let mut request = [0; 1_024];
        let length = connection.read(&mut request).unwrap();
        write!(connection, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{keys}", keys.len()).unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    once(&["--jwks", &url], |call| {
        assert_eq!(call(RESOURCE, &[("authorization", "Bearer no.such.token")]).status(), 401);
    });
    assert!(asked.join().unwrap().starts_with("GET /jwks.json HTTP/1.1\r\n"));
}

#[test]
fn template_with_the_last_word_for_flags() {
    let text = "Resources: {Plan: {Type: AWS::ApiGateway::UsagePlan,
        Properties: {Throttle: {RateLimit: 0.001, BurstLimit: 2}}}}";
    let template = Scratch::new("template.yaml", text);
    let statuses = |flags: &[&str]| {
        let (_program, url) = start(&[&["--port", "0", "--template", template.path()], flags].concat());
        [0; 3].map(|_| agent().get(format!("{url}/api/v1/resource")).call().unwrap().status().as_u16())
    };
    assert_eq!(statuses(&[]), [200, 200, 429]);
    assert_eq!(statuses(&["--burst", "1"]), [200, 429, 429]);
}

#[test]
fn stage_chooses_the_plan_that_is_for_it() {
    let text = "Resources:
  Test: {Type: AWS::ApiGateway::Stage, Properties: {StageName: test}}
  Prod: {Type: AWS::ApiGateway::Stage, Properties: {StageName: prod}}
  Slow: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{Stage: !Ref Test}],
    Throttle: {RateLimit: 0.001, BurstLimit: 1}}}
  Fast: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{Stage: !Ref Prod}],
    Throttle: {RateLimit: 0.001, BurstLimit: 2}}}";
    let template = Scratch::new("stages.yaml", text);
    let statuses = |stage| {
        let (_program, url) = start(&["--port", "0", "--template", template.path(), "--stage", stage]);
        [0; 3].map(|_| agent().get(format!("{url}/api/v1/resource")).call().unwrap().status().as_u16())
    };
    assert_eq!(statuses("test"), [200, 429, 429]);
    assert_eq!(statuses("prod"), [200, 200, 429]);
}

#[test]
fn help_and_readme_have_the_same_flags() {
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8(output.stdout).unwrap();
    let help = flags_in(help.lines().filter(|line| line.trim_start().starts_with("--")));
    let readme = include_str!("../../README.md");
    let table = flags_in(readme.lines().filter(|line| line.starts_with("| `--")));
    assert_eq!(help, table);
    assert!(help.len() > 20, "{help:?}");
}

/// The words that begin with two dashes and a letter.
fn flags_in<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let first_column = lines.filter_map(|line| line.trim_start_matches('|').split('|').next());
    first_column
        .flat_map(|text| text.split([' ', '`', ',']))
        .filter(|word| word.strip_prefix("--").is_some_and(|name| name.starts_with(char::is_alphabetic)))
        .collect()
}
