//! The program's messages when it cannot start.

use crate::{Scratch, run};
use std::net::TcpListener;

#[test]
fn a_wrong_flag_is_one_line_that_names_flag_and_value_and_exit_code_2() {
    let wrong: &[(&[&str], &[&str])] = &[
        (&["--rate", "abc"], &["--rate", "'abc'", "such as 100/min"]),
        (&["--rate", "5/fortnight"], &["--rate", "'5/fortnight'", "unknown unit"]),
        (&["--rate=-1/s"], &["--rate", "'-1/s'"]),
        (&["--burst", "many"], &["--burst", "'many'"]),
        (&["--burst=-1"], &["--burst", "'-1'"]),
        (&["--rate", "1/day", "--burst", "4000000"], &["--burst", "'4000000'", "more than a century"]),
        (&["--port", "99999"], &["--port", "'99999'"]),
        (&["--host", "nowhere"], &["--host", "'nowhere'"]),
        (&["--retry-after", "soon"], &["--retry-after", "'soon'", "http-date"]),
        (&["--latency", "40"], &["--latency", "'40'"]),
        (&["--jitter", "x"], &["--jitter", "'x'"]),
        (&["--order", "any"], &["--order", "'any'", "authorizer-first"]),
        (&["--jwks", "/nowhere.json"], &["--jwks", "'/nowhere.json'"]),
        (&["--upstream", "ftp://x"], &["--upstream", "'ftp://x'", "http://127.0.0.1:3000"]),
        (&["--trust-proxy", "x"], &["--trust-proxy", "'x'"]),
        (&["--access-log", "/no/where"], &["--access-log", "'/no/where'"]),
        (&["--template", "/nowhere.yaml"], &["--template", "'/nowhere.yaml'"]),
        (&["--template", "Cargo.toml"], &["--template", "'Cargo.toml'"]),
        (&["--jwt-issuer", "x"], &["--jwks"]),
        (&["--stage", "prod"], &["--template"]),
        (&["--log", "loud"], &["--log", "'loud'"]),
        (&["--quota", "9"], &["--quota", "'9'", "10000/day"]),
        (&["--method-limit", "GET /x"], &["--method-limit", "'GET /x'"]),
        (&["--stage-limit", "1/s"], &["--stage-limit", "'1/s'", "10/s,20"]),
        (
            &["--method-limit", "GET /a/{b}=1/s,1", "--stage-method-limit", "GET /a/{c}=1/s,1"],
            &["--method-limit", "--stage-method-limit", "'/a/{b}'", "'/a/{c}'"],
        ),
        (&["--unknown"], &["'--unknown'"]),
    ];
    for (flags, parts) in wrong {
        let output = run(flags);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.starts_with("mock-gateway: "), "{message}");
        for part in *parts {
            assert!(message.contains(part), "{part} is not in: {message}");
        }
        assert!(output.stdout.is_empty());
    }
}

/// The message about this file, passed with this flag.
fn said_of(flag: &str, name: &str, text: &str, flags: &[&str]) -> String {
    let file = Scratch::new(name, text);
    let output = run(&[&[flag, file.path()], flags].concat());
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    let start = format!("mock-gateway: invalid value '{}' for '{flag} <FILE>': ", file.path());
    message.strip_prefix(&start).unwrap_or_else(|| panic!("{message}")).trim_end().to_owned()
}

#[test]
fn a_template_that_is_wrong_is_one_line_that_names_file_key_and_value() {
    let plan = |throttle: &str| {
        let resources = format!(
            "Resources: {{ P: {{ Type: 'AWS::ApiGateway::UsagePlan', Properties: {{ Throttle: {{ {throttle} }} }} }} }}"
        );
        said_of("--template", "wrong.yaml", &resources, &[])
    };
    assert!(said_of("--template", "wrong.yaml", "Resources: [", &[]).starts_with("not YAML: "));
    assert!(said_of("--template", "wrong.yaml", "", &[]).starts_with("not YAML: the file is empty"));
    let burst = "not a whole number from 0 on, nor a parameter with one for its default";
    assert_eq!(plan("RateLimit: 1, BurstLimit: -1"), format!("BurstLimit: -1: {burst}"));
    assert_eq!(plan("RateLimit: 1, BurstLimit: 1.5"), format!("BurstLimit: 1.5: {burst}"));
    assert_eq!(plan("RateLimit: -1, BurstLimit: 1"), "RateLimit: -1: a rate is a number from 0 on");
    let template = include_str!("../../../../infra/template.yaml");
    assert_eq!(
        said_of("--template", "wrong.yaml", &template.replace("{ users: [] }", "{ user: [] }"), &[]),
        "paths./api/v1/resource.x-amazon-apigateway-any-method.security: user: there is no such security scheme"
    );
    assert_eq!(
        said_of("--template", "wrong.yaml", template, &["--stage", "other"]),
        "StageName: other: no stage is called that; there is prod"
    );
}

#[test]
fn keys_that_cannot_be_read_are_one_line_that_names_file_and_mistake() {
    let said = |text: &str| said_of("--jwks", "wrong.json", text, &[]);
    assert!(said("{").starts_with("not a JSON Web Key Set: "));
    assert!(said(r#"{"keys": 7}"#).starts_with("not a JSON Web Key Set: "));
    assert_eq!(said(r#"{"keys": []}"#), "no RSA key with a 'kid' in the set");
    let bad = r#"{"keys": [{"kty": "RSA", "kid": "one", "n": "!", "e": "AQAB"}]}"#;
    assert_eq!(said(bad), "the key 'one' is malformed");

    let unbound = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, why) in [
        (format!("http://{unbound}/jwks.json"), "nothing answers there"),
        ("http://keys.example.com/".to_owned(), "a URL is one of this machine"),
        ("https://127.0.0.1/".to_owned(), "a URL is one of this machine"),
    ] {
        let output = run(&["--jwks", &url]);
        let message = String::from_utf8(output.stderr).unwrap();
        let start = format!("mock-gateway: invalid value '{url}' for '--jwks <FILE>': {why}");
        assert!(message.starts_with(&start) && message.lines().count() == 1, "{message}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_port_that_is_taken_is_one_line_that_names_it_and_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let output = run(&["--port", &address.port().to_string()]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(
        message.starts_with(&format!("mock-gateway: cannot listen on {address} (--host, --port): ")),
        "{message}"
    );
}
