//! The paths of an API, put together from its resources.

use crate::template::{Place, Template};

/// Deeper than any API is; a circle of parents ends here.
const DEEPEST: usize = 64;

/// The path of each resource of the API, with the logical id: `/items/{id}`. The root is not among them.
pub(crate) fn paths(template: &Template) -> Vec<(&str, String)> {
    template
        .resources("AWS::ApiGateway::Resource")
        .filter_map(|resource| Some((resource.logical_id(), path(&resource, DEEPEST)?)))
        .collect()
}

fn path(resource: &Place<'_>, levels: usize) -> Option<String> {
    let part = resource.text_of("PathPart")?;
    let parent = resource.property("ParentId")?.node().references().first().copied()?;
    let levels = levels.checked_sub(1)?;
    match resource.template().resource_type(parent)? {
        "AWS::ApiGateway::Resource" => {
            let above = path(&resource.template().resource(parent)?, levels)?;
            Some(format!("{above}/{part}"))
        }
        _ => Some(format!("/{part}")),
    }
}

/// Whether it is the root or a path of the API.
pub(crate) fn exists(template: &Template, path: &str) -> bool {
    path == "/" || paths(template).iter().any(|(_, known)| known == path)
}

/// A method, or all of them.
pub(crate) fn is_verb(verb: &str) -> bool {
    ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"].contains(&verb)
}
