//! A place in a template: its value, and its name in messages.

use super::{Node, Template, Value};
use crate::Mistake;

/// A value of a resource, with its references to parameters followed to their defaults.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    template: &'a Template,
    resource: &'a str,
    /// The names and indices that lead here from the resource.
    path: String,
    /// Of the value in the resource, also where a parameter's default stands for it.
    line: usize,
    node: &'a Node,
}

impl<'a> Place<'a> {
    pub(super) fn of_template(template: &'a Template, node: &'a Node) -> Place<'a> {
        Place { template, resource: "", path: String::new(), line: 1, node }
    }

    pub(super) fn of_resource(template: &'a Template, resource: &'a str, node: &'a Node) -> Place<'a> {
        Place { template, resource, path: String::new(), line: node.line, node }
    }

    /// The resource's logical id.
    #[must_use]
    pub fn logical_id(&self) -> &'a str {
        self.resource
    }

    /// The value at the place.
    #[must_use]
    pub fn node(&self) -> &'a Node {
        self.node
    }

    /// The template that it is in.
    #[must_use]
    pub fn template(&self) -> &'a Template {
        self.template
    }

    /// An entry.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Place<'a>> {
        self.node.get(name).map(|node| self.inner(name, node))
    }

    /// The value that several names lead to, one after another.
    #[must_use]
    pub fn at(&self, names: &[&str]) -> Option<Place<'a>> {
        names.iter().try_fold(self.clone(), |place, name| place.get(name))
    }

    /// A property of a resource.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<Place<'a>> {
        self.at(&["Properties", name])
    }

    /// Its value, if that is a text.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        self.node.text()
    }

    /// A property that is a text and known before it is deployed.
    #[must_use]
    pub fn text_of(&self, property: &str) -> Option<&'a str> {
        self.property(property)?.text()
    }

    /// The elements of a list.
    #[must_use]
    pub fn elements(&self) -> Vec<Place<'a>> {
        let elements = self.node.elements().iter().enumerate();
        elements.map(|(index, node)| self.inner(&index.to_string(), node)).collect()
    }

    /// The entries of a map.
    #[must_use]
    pub fn entries(&self) -> Vec<(&'a str, Place<'a>)> {
        self.node.entries().map(|(name, node)| (name, self.inner(name, node))).collect()
    }

    fn inner(&self, name: &str, node: &'a Node) -> Place<'a> {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Place { path, line: node.line, node: self.template.default_of(node).unwrap_or(node), ..self.clone() }
    }

    /// Makes a mistake of a message: with the place, and with its value unless that is a map.
    #[must_use]
    pub fn mistake(&self, message: impl Into<String>) -> Mistake {
        let value = match &self.node.value {
            Value::Map(_) | Value::Null => None,
            _ => Some(self.node.to_string()),
        };
        Mistake {
            line: self.line,
            place: match (self.resource, self.path.as_str()) {
                ("", "") => "Resources".to_owned(),
                ("", name) | (name, "") => name.to_owned(),
                (resource, path) => format!("{resource}.{path}"),
            },
            value,
            message: message.into(),
        }
    }
}

impl Template {
    /// The default of the parameter that a `Ref` names.
    fn default_of(&self, node: &Node) -> Option<&Node> {
        self.parameter(node.reference()?)?.get("Default")
    }
}
