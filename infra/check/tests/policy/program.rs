//! The check as a program: what it says, and what it exits with.

use crate::patch::{TEMPLATE, patched};
use infra_check::repair;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A template in a file of its own.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

/// Exit code, stdout and stderr.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_infra-check")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_template_without_mistakes_is_0() {
    let path = file("good.yaml", TEMPLATE);
    let (code, said, _) = run(&[path.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with(&format!("{} rules, no mistake\n", infra_check::RULES.len())), "{said}");
}

#[test]
fn a_mistake_is_1_and_a_line_with_its_place() {
    let bad = patched(TEMPLATE, "ApiKey", "Enabled: true", "Enabled: false");
    let path = file("bad.yaml", &bad);
    let (code, said, _) = run(&[path.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    let line = 1 + bad.lines().position(|line| line.trim() == "Enabled: false").unwrap();
    let place = format!("{}:{line}: ApiKey.Properties.Enabled: false: ", path.display());
    assert!(said.starts_with(&place) && said.ends_with("[api-key-enabled]\n1 mistake\n"), "{said}");
}

#[test]
fn what_cannot_be_read_is_2_and_one_line() {
    let path = file("malformed.yaml", "Resources: [");
    let missing = path.with_file_name("missing.yaml");
    for path in [path, missing] {
        let (code, said, wrong) = run(&[path.to_str().unwrap()]);
        assert_eq!((code, said.as_str()), (Some(2), ""));
        assert!(wrong.starts_with(&format!("infra-check: {}: ", path.display())), "{wrong}");
        assert_eq!(wrong.lines().count(), 1, "{wrong}");
    }
    assert_eq!(run(&[]).0, Some(2));
}

#[test]
fn fix_writes_the_deployments_id_and_then_looks() {
    let path = file("changed.yaml", &patched(TEMPLATE, "THROTTLED", "'1'", "'2'"));
    let arguments = ["--fix", path.to_str().unwrap()];
    let (code, said, _) = run(&arguments);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("named the deployment anew"), "{said}");
    let (code, said, _) = run(&arguments);
    assert_eq!((code, said.contains("anew")), (Some(0), false), "{said}");
}

/// The mistakes that linters let pass: place, text, replacement, and words of the message.
const MISSED_BY_LINTERS: [[&str; 4]; 11] = [
    ["THROTTLED", "\"'1'\"", "\"1\"", "Retry-After: 1: a static value has single quotes of its own"],
    ["Api", "QUOTA_EXCEEDED:", "QUOTA_EXCEDED:", "QUOTA_EXCEDED is no type of gateway response"],
    ["UsagePlan", "!Ref QuotaPeriod", "MINUTE", "MINUTE: a quota's period is DAY, WEEK or MONTH"],
    ["UsagePlan", "BurstLimit: !Ref Burst", "BurstLimit: 1.5", "1.5: a burst is a whole number"],
    [
        "UsagePlan",
        "Stage: !Ref Stage",
        "Stage: !Ref Stage\n          Throttle: { items-GET: { RateLimit: 1, BurstLimit: 1 } }",
        "'items-GET' is no method; one is written /path/METHOD",
    ],
    [
        "ThrottledFilter",
        "{ $.errorResponseType = \"THROTTLED\" }",
        "{ $.errorResponseType = ",
        "[filter-pattern]",
    ],
    [
        "AccessLogSetting",
        "{\"requestId\":\"$context.requestId\",\n          \"extendedRequestId\":\"$context.extendedRequestId\",",
        "{",
        "[access-log-request-id]",
    ],
    ["ApiKey", "Enabled: true", "Enabled: true\n      Value: short", "short: a key has 20 to 128"],
    [
        "UsagePlan",
        "Stage: !Ref Stage",
        "Stage: production",
        "production: no stage of this template has that name",
    ],
    [
        "ApiKey",
        "Enabled: true",
        "Enabled: true\n\n  Denied:\n    Type: AWS::ApiGateway::GatewayResponse\n    Properties: { ResponseType: ACCESS_DENIED }",
        "DependsOn lacks Denied: the snapshot may be taken without it",
    ],
    [
        "Stage",
        "ResourcePath: /~1api~1v1~1resource\n",
        "ResourcePath: /api/v1/resource\n",
        "a path is written with ~1 for its slashes",
    ],
];

#[test]
fn each_mistake_that_linters_let_pass_is_found_in_a_template_of_its_own() {
    for [place, from, to, words] in MISSED_BY_LINTERS {
        let template = repair(&patched(TEMPLATE, place, from, to)).unwrap();
        let path = file("missed.yaml", &template);
        let (code, said, _) = run(&[path.to_str().unwrap()]);
        assert_eq!(code, Some(1), "{to}");
        assert!(said.contains(words), "{words} is not in: {said}");
    }
}
