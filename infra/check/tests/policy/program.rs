//! The check as a program: what it says, and what it exits with.

use crate::patch::{TEMPLATE, patched};
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
