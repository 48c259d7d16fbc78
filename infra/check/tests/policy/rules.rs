//! The rules as a whole.

use crate::patch::TEMPLATE;
use infra_check::{RULES, Template, check};

#[test]
fn the_real_template_keeps_to_all_of_them() {
    assert_eq!(check(&Template::read(TEMPLATE).unwrap()), []);
}

#[test]
fn the_readme_lists_them_as_they_are() {
    let readme = include_str!("../../README.md");
    let listed: Vec<_> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    let rules: Vec<_> = RULES.iter().map(|rule| format!("| `{}` | {} |", rule.id, rule.asks)).collect();
    assert_eq!(listed, rules);
}

#[test]
fn mistakes_are_told_in_the_order_of_lines() {
    let twice = TEMPLATE.replace("[{ users: [] }, { key: [] }]", "[{ users: [] }]");
    let findings = check(&Template::read(&twice).unwrap());
    let lines: Vec<_> = findings.iter().map(|finding| finding.mistake.line).collect();
    assert!(lines.len() >= 2 && lines.is_sorted(), "{findings:#?}");
    let line = twice.lines().nth(lines[0] - 1).unwrap();
    assert_eq!(line.trim(), "security: [{ users: [] }]");
}
