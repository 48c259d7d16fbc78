//! `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Condition`: the target of each reference exists.

use crate::mistake::Mistake;
use crate::template::{Node, Place, Template};

pub(super) fn targets(template: &Template) -> Vec<Mistake> {
    let root = template.root();
    let sections = ["Conditions", "Outputs"].into_iter().filter_map(|section| root.get(section));
    let resources: Vec<_> =
        template.all_resources().filter_map(|(name, _)| template.resource(name)).collect();
    sections
        .chain(resources.iter().cloned())
        .flat_map(|part| dangling(&part))
        .chain(resources.iter().filter_map(unconditional))
        .collect()
}

/// The references of a part of the template that lead nowhere, each at its own place.
fn dangling(part: &Place<'_>) -> Vec<Mistake> {
    let entries = part.entries().into_iter().map(|(_, entry)| entry);
    let inner: Vec<_> = entries.chain(part.elements()).collect();
    if !inner.is_empty() {
        return inner.iter().flat_map(dangling).collect();
    }
    let template = part.template();
    let is_known = |name: &str| {
        PSEUDO.contains(&name) || template.parameter(name).is_some() || template.resource_type(name).is_some()
    };
    let unknown = part.node().references().into_iter().filter(|name| !is_known(name));
    unknown.map(|name| part.mistake(format!("the template has no resource or parameter {name}"))).collect()
}

fn unconditional(resource: &Place<'_>) -> Option<Mistake> {
    let condition = resource.get("Condition")?;
    let root = resource.template().root();
    let conditions = root.node().get("Conditions").into_iter().flat_map(Node::entries);
    let is_known =
        condition.text().is_some_and(|name| conditions.into_iter().any(|(known, _)| known == name));
    (!is_known).then(|| condition.mistake("the template has no condition of that name"))
}

/// The pseudo parameters, which exist in every template.
const PSEUDO: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NotificationARNs",
    "AWS::NoValue",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];
