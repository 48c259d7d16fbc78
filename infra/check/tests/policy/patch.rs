//! The real template, and changes of it.

use infra_check::{Template, check, repair};
use std::ops::Range;

/// The template that is deployed.
pub(crate) const TEMPLATE: &str = include_str!("../../../template.yaml");

/// The text below a name, or below names within one another: `Api > THROTTLED`.
fn block(template: &str, place: &str) -> Range<usize> {
    let mut block = 0..template.len();
    for name in place.split(" > ") {
        let heading = format!(" {name}:\n");
        let inner = &template[block.clone()];
        let at = inner.find(&heading).unwrap_or_else(|| panic!("no {name} in {place}"));
        let indent = at + 1 - inner[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let start = at + heading.len();
        let length = inner[start..]
            .split_inclusive('\n')
            .take_while(|line| line.trim().len() + indent < line.trim_end().len())
            .map(str::len)
            .sum::<usize>();
        block = block.start + start..block.start + start + length;
    }
    block
}

/// The template with a text in a place of it replaced. The text has to be there, and only once.
pub(crate) fn patched(template: &str, place: &str, from: &str, to: &str) -> String {
    let block = block(template, place);
    let (before, inner, after) = (&template[..block.start], &template[block.clone()], &template[block.end..]);
    assert_eq!(inner.matches(from).count(), 1, "{from:?} in {place}:\n{inner}");
    format!("{before}{}{after}", inner.replace(from, to))
}

/// The template without what stands in a place of it, and the name of that.
pub(crate) fn without(place: &str) -> String {
    let block = block(TEMPLATE, place);
    let heading = TEMPLATE[..block.start - 1].rfind('\n').map_or(0, |newline| newline + 1);
    format!("{}{}", &TEMPLATE[..heading], &TEMPLATE[block.end..])
}

/// Rules about the whole template as it is meant: they find almost every change, beside the rule that a test is about.
/// The tests of `meant` are about these.
pub(crate) const MEANT: [&str; 23] = [
    "access-log-variable",
    "alarm-dimension",
    "alarm-expression",
    "alarm-missing",
    "alarm-setting",
    "alarm-threshold",
    "allow-origin",
    "dashboard",
    "document-setting",
    "firewall-setting",
    "gateway-response-present",
    "limit-order",
    "log-setting",
    "method-authorizer",
    "metric-refusal",
    "output",
    "parameter",
    "plan-setting",
    "preflight-answer",
    "proxy",
    "reference",
    "stage-setting",
    "user-setting",
];

/// Returns the findings in a template, without their lines. The deployment is named anew first, as after any change.
fn findings_in(template: &str, is_asked: impl Fn(&str) -> bool) -> Vec<String> {
    let template = Template::read(&repair(template).unwrap()).unwrap();
    let findings = check(&template).into_iter().filter(|finding| is_asked(finding.rule));
    findings.map(|finding| finding.to_string().split_once(": ").unwrap().1.to_owned()).collect()
}

/// Returns the findings of the rules about a single mistake.
pub(crate) fn said_about(template: &str) -> Vec<String> {
    findings_in(template, |rule| !MEANT.contains(&rule))
}

/// Returns the findings of the rules about the whole template, once a text in a place is replaced.
pub(crate) fn meant(place: &str, from: &str, to: &str) -> Vec<String> {
    findings_in(&patched(TEMPLATE, place, from, to), |rule| MEANT.contains(&rule))
}

/// All that is said once a text in a place is another.
pub(crate) fn said(place: &str, from: &str, to: &str) -> Vec<String> {
    said_about(&patched(TEMPLATE, place, from, to))
}

/// The only thing that is said once a text in a place is another.
#[track_caller]
pub(crate) fn only(place: &str, from: &str, to: &str) -> String {
    let said = said(place, from, to);
    assert_eq!(said.len(), 1, "{said:#?}");
    said.into_iter().next().unwrap()
}

/// Returns the findings of the rules about the whole template, once a place is removed.
pub(crate) fn without_meant(place: &str) -> Vec<String> {
    findings_in(&without(place), |rule| MEANT.contains(&rule))
}
