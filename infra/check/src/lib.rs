//! Finds the mistakes in a CloudFormation template of a throttled API that no linter notices.
//!
//! Such a template deploys, and then throttles nobody, answers in a way that no page can read, or rings no alarm.
//!
//! [`check`] finds the mistakes, [`RULES`] lists the rules, [`repair`] writes the digest in a deployment's logical id.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a template that cannot be read is an answer, not a panic"
)]

mod access_log;
mod deployment_id;
mod filter_pattern;
mod header_value;
mod mistake;
mod open_api;
mod rules;
mod template;

pub use deployment_id::{repair, repaired};
pub use mistake::{Finding, Mistake};
pub use rules::{RULES, Rule};
pub use template::{Malformed, Node, Place, Template, Value};

/// Everything that is wrong with a template, in the order of its lines.
///
/// ```
/// let template = infra_check::Template::read(
///     "Resources: { Key: { Type: AWS::ApiGateway::ApiKey, Properties: { Value: tooshort } } }",
/// )?;
/// let findings = infra_check::check(&template);
/// assert!(findings.iter().any(|finding| finding.rule == "api-key-value"));
/// # Ok::<(), infra_check::Malformed>(())
/// ```
#[must_use]
pub fn check(template: &Template) -> Vec<Finding> {
    let mut findings: Vec<_> = RULES.iter().flat_map(|rule| rule.findings(template)).collect();
    findings.sort_by_key(|finding| finding.mistake.line);
    findings
}
