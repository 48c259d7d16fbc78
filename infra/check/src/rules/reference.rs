//! `Ref`, `Fn::GetAtt` and `Fn::Sub`: what they name is there.

use crate::mistake::Mistake;
use crate::template::{Node, Place, Template};

pub(super) fn targets(template: &Template) -> Vec<Mistake> {
    let resources = template.all_resources().filter_map(|(name, _)| template.resource(name));
    let mut mistakes = resources.flat_map(|resource| dangling(&resource)).collect::<Vec<_>>();
    let outputs = template.root().node().get("Outputs").into_iter().flat_map(Node::entries);
    for (name, output) in outputs {
        mistakes.extend(unknown(template, output).map(|target| {
            template.root().mistake(format!("the output {name} refers to {target}, which is not there"))
        }));
    }
    let conditions: Vec<_> =
        template.root().node().get("Conditions").into_iter().flat_map(Node::entries).collect();
    for (name, condition) in &conditions {
        mistakes.extend(unknown(template, condition).map(|target| {
            template.root().mistake(format!("the condition {name} refers to {target}, which is not there"))
        }));
    }
    for (name, node) in template.all_resources() {
        let asked = node.get("Condition").and_then(Node::text);
        let missing = asked.filter(|asked| !conditions.iter().any(|(known, _)| known == asked));
        mistakes.extend(missing.and_then(|asked| {
            Some(template.resource(name)?.get("Condition")?.mistake(format!("there is no condition {asked}")))
        }));
    }
    mistakes
}

fn dangling(resource: &Place<'_>) -> Vec<Mistake> {
    let unknown = unknown(resource.template(), resource.node());
    unknown.map(|target| resource.mistake(format!("it refers to {target}, which is not there"))).collect()
}

fn unknown<'a>(template: &'a Template, node: &'a Node) -> impl Iterator<Item = &'a str> {
    let is_known = |name: &str| {
        PSEUDO.contains(&name) || template.parameter(name).is_some() || template.resource_type(name).is_some()
    };
    node.references().into_iter().filter(move |name| !is_known(name))
}

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
