//! The real template, and changes of it.

use infra_check::{Template, check, repair};

/// The template that is deployed.
pub(crate) const TEMPLATE: &str = include_str!("../../../template.yaml");

/// The template with a text in one of its resources replaced. The text has to be there, and only once.
pub(crate) fn patched(template: &str, resource: &str, from: &str, to: &str) -> String {
    let heading = format!("\n  {resource}:\n");
    let (before, rest) = template.split_once(&heading).unwrap_or_else(|| panic!("no resource {resource}"));
    let end = rest.find("\n\n").unwrap_or(rest.len());
    let (block, after) = rest.split_at(end);
    assert_eq!(block.matches(from).count(), 1, "{from:?} in {resource}:\n{block}");
    format!("{before}{heading}{}{after}", block.replace(from, to))
}

/// The template without one of its resources.
pub(crate) fn without(resource: &str) -> String {
    let heading = format!("\n  {resource}:\n");
    let (before, rest) = TEMPLATE.split_once(&heading).unwrap_or_else(|| panic!("no resource {resource}"));
    let end = rest.find("\n\n").unwrap_or(rest.len());
    format!("{before}{}", &rest[end..])
}

/// What is said about a template, without its line. The deployment is named anew first, as after any change.
pub(crate) fn said_about(template: &str) -> Vec<String> {
    let template = Template::read(&repair(template).unwrap()).unwrap();
    let findings = check(&template).into_iter().map(|finding| finding.to_string());
    findings.map(|said| said.split_once(": ").unwrap().1.to_owned()).collect()
}

/// All that is said once a text in a resource is another.
pub(crate) fn said(resource: &str, from: &str, to: &str) -> Vec<String> {
    said_about(&patched(TEMPLATE, resource, from, to))
}

/// The only thing that is said once a text in a resource is another.
#[track_caller]
pub(crate) fn only(resource: &str, from: &str, to: &str) -> String {
    let said = said(resource, from, to);
    assert_eq!(said.len(), 1, "{said:#?}");
    said.into_iter().next().unwrap()
}
