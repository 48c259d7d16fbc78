//! `AWS::ApiGateway::Deployment`: a snapshot, of the right things at the right time.

use crate::deployment_id::{expected, is_deployed};
use crate::mistake::Mistake;
use crate::template::{Node, Place, Template};

fn deployments(template: &Template) -> impl Iterator<Item = Place<'_>> {
    template.resources("AWS::ApiGateway::Deployment")
}

pub(super) fn ids(template: &Template) -> Vec<Mistake> {
    deployments(template)
        .filter_map(|deployment| {
            let expected = expected(deployment.logical_id(), template);
            (deployment.logical_id() != expected).then(|| {
                let message = "what it deploys has changed, and is deployed only by one that is new";
                deployment.mistake(format!("{message}: {expected} (--fix writes it)"))
            })
        })
        .collect()
}

pub(super) fn order(template: &Template) -> Vec<Mistake> {
    deployments(template)
        .flat_map(|deployment| {
            let on = deployment.get("DependsOn");
            let awaited: Vec<_> = on.iter().flat_map(|on| names(on.node())).collect();
            let at = on.unwrap_or_else(|| deployment.clone());
            needed(template)
                .filter(|needed| !awaited.contains(needed))
                .map(|needed| {
                    at.mistake(format!("DependsOn lacks {needed}: the snapshot may be taken without it"))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// `DependsOn` is a name or a list of them.
fn names(node: &Node) -> Vec<&str> {
    node.text().into_iter().chain(node.elements().iter().filter_map(Node::text)).collect()
}

/// The resources that only `DependsOn` puts before the deployment, since no other resource refers to them.
fn needed(template: &Template) -> impl Iterator<Item = &str> {
    ["AWS::ApiGateway::Method", "AWS::ApiGateway::GatewayResponse"]
        .into_iter()
        .flat_map(|kind| template.resources(kind).map(|resource| resource.logical_id()))
}

pub(super) fn parameters(template: &Template) -> Vec<Mistake> {
    template
        .all_resources()
        .filter(|(name, _)| template.resource_type(name).is_some_and(is_deployed))
        .flat_map(|(name, node)| {
            let parameters = node.references().into_iter().filter(|name| template.parameter(name).is_some());
            parameters
                .filter_map(move |parameter| {
                    let message = format!(
                        "it refers to the parameter {parameter}, whose new value alone is not deployed"
                    );
                    Some(
                        template
                            .resource(name)?
                            .mistake(format!("{message}; use a stage variable, or write it out")),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}
