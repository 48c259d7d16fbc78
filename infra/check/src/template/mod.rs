//! A CloudFormation template, as far as it can be understood without deploying it.

mod load;
mod node;
mod place;

pub use node::{Node, Value};
pub use place::Place;

/// The reason why a file is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Neither YAML nor JSON.
    #[error("not YAML: {0}")]
    Yaml(String),
    /// A tag that is no function of CloudFormation.
    #[error("line {line}: {tag} is no function of CloudFormation")]
    Tag {
        /// The line, counted from 1.
        line: usize,
        /// The tag.
        tag: String,
    },
    /// Nothing that could be checked.
    #[error("there are no Resources in it")]
    NoResources,
    /// A resource that is none.
    #[error("line {line}: {resource}: {reason}")]
    Resource {
        /// The line, counted from 1.
        line: usize,
        /// Its logical id.
        resource: String,
        /// The fault.
        reason: &'static str,
    },
}

/// A template with its parameters and its resources.
#[derive(Debug, Clone)]
pub struct Template {
    root: Node,
}

impl Template {
    /// Reads a template in YAML or JSON.
    ///
    /// ```
    /// use infra_check::Template;
    ///
    /// let template = Template::read("Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } }")?;
    /// assert_eq!(template.resources("AWS::ApiGateway::RestApi").count(), 1);
    /// # Ok::<(), infra_check::Malformed>(())
    /// ```
    ///
    /// # Errors
    /// Not YAML, or without resources that have a type.
    pub fn read(text: &str) -> Result<Template, Malformed> {
        Template::of(Node::read(text)?)
    }

    /// Takes a tree of values for a template.
    ///
    /// # Errors
    /// Without resources that have a type.
    pub fn of(root: Node) -> Result<Template, Malformed> {
        let template = Template { root };
        let mut resources = template.all_resources().peekable();
        if resources.peek().is_none() {
            return Err(Malformed::NoResources);
        }
        for (name, resource) in resources {
            if let Some(reason) = what_is_no_resource(resource) {
                return Err(Malformed::Resource { line: resource.line, resource: name.to_owned(), reason });
            }
        }
        Ok(template)
    }

    /// Every resource with its logical id.
    pub fn all_resources(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.root.get("Resources").into_iter().flat_map(Node::entries)
    }

    /// The resources of a type.
    pub fn resources<'a>(&'a self, kind: &str) -> impl Iterator<Item = Place<'a>> {
        self.all_resources()
            .filter(move |(_, node)| type_of(node) == Some(kind))
            .map(|(name, node)| Place::of_resource(self, name, node))
    }

    /// The type of a resource, by its logical id.
    #[must_use]
    pub fn resource_type(&self, logical_id: &str) -> Option<&str> {
        self.root.get("Resources")?.get(logical_id).and_then(type_of)
    }

    /// A resource by its logical id.
    #[must_use]
    pub fn resource<'a>(&'a self, logical_id: &'a str) -> Option<Place<'a>> {
        let node = self.root.get("Resources")?.get(logical_id)?;
        Some(Place::of_resource(self, logical_id, node))
    }

    /// A parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Node> {
        self.root.get("Parameters")?.get(name)
    }

    /// The `Mappings`.
    #[must_use]
    pub fn mappings(&self) -> Option<&Node> {
        self.root.get("Mappings")
    }

    /// The whole of it.
    #[must_use]
    pub fn root(&self) -> Place<'_> {
        Place::of_template(self, &self.root)
    }
}

fn type_of(resource: &Node) -> Option<&str> {
    resource.get("Type").and_then(Node::text)
}

fn what_is_no_resource(node: &Node) -> Option<&'static str> {
    if type_of(node).is_none() {
        return Some("a resource without a Type");
    }
    match node.get("Properties").map(|properties| &properties.value) {
        None | Some(Value::Map(_) | Value::Null) => None,
        Some(_) => Some("its Properties are no map"),
    }
}
