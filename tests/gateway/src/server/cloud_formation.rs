//! A CloudFormation template, read without a deployment: resources, and references to parameters with a default.

use saphyr::{LoadableYamlNode, Scalar, Yaml};

/// A template in YAML or in JSON, a subset of YAML.
#[derive(Debug)]
pub(super) struct CloudFormation<'text>(Yaml<'text>);

/// A node of a template, with its references resolved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    template: &'a CloudFormation<'a>,
    node: &'a Yaml<'a>,
}

impl<'text> CloudFormation<'text> {
    pub(super) fn parse(text: &'text str) -> Result<CloudFormation<'text>, String> {
        let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
        documents.into_iter().next().map(CloudFormation).ok_or_else(|| "the file is empty".to_owned())
    }

    /// The name and properties of each resource of this type, in document order.
    pub(super) fn resources<'a>(&'a self, kind: &str) -> impl Iterator<Item = (&'a str, Place<'a>)> {
        let resources = self.0.as_mapping_get("Resources").and_then(Yaml::as_mapping);
        resources.into_iter().flatten().filter_map(move |(name, resource)| {
            let is_wanted = resource.as_mapping_get("Type")?.as_str()? == kind;
            let properties = resource.as_mapping_get("Properties")?;
            is_wanted.then_some((name.as_str()?, Place { template: self, node: properties }))
        })
    }

    /// The default of the parameter that `!Ref NAME` refers to, if there is one.
    fn parameter(&self, name: &str) -> Option<&Yaml<'text>> {
        self.0.as_mapping_get("Parameters")?.as_mapping_get(name)?.as_mapping_get("Default")
    }
}

impl<'a> Place<'a> {
    /// A property; `None` if it is absent or known only to a deployment.
    pub(super) fn get(self, name: &str) -> Option<Place<'a>> {
        self.node.as_mapping_get(name).and_then(|node| self.follow(node))
    }

    /// The target of a property that is a reference; `None` for any other property.
    pub(super) fn reference(self, name: &str) -> Option<&'a str> {
        referred(self.node.as_mapping_get(name)?).flatten()
    }

    /// A property as an error message shows it.
    pub(super) fn written(self, name: &str) -> String {
        let Some(node) = self.node.as_mapping_get(name) else { return "absent".to_owned() };
        let value = self.follow(node).map_or(node, |place| place.node);
        match value {
            Yaml::Tagged(tag, of) => format!("!{} {}", tag.suffix, of.as_str().unwrap_or("…")),
            Yaml::Sequence(_) => "a list".to_owned(),
            Yaml::Mapping(_) => match referred(value).flatten() {
                Some(name) => format!("!Ref {name}"),
                None => "a map".to_owned(),
            },
            Yaml::Value(Scalar::Integer(whole)) => whole.to_string(),
            Yaml::Value(Scalar::FloatingPoint(number)) => number.to_string(),
            Yaml::Value(Scalar::Boolean(is)) => is.to_string(),
            value => value.as_str().unwrap_or("null").to_owned(),
        }
    }

    /// The elements of a list.
    pub(super) fn elements(self) -> impl Iterator<Item = Place<'a>> {
        self.node.as_sequence().into_iter().flatten().filter_map(move |node| self.follow(node))
    }

    /// The names and values of a map.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'a str, Place<'a>)> {
        self.node
            .as_mapping()
            .into_iter()
            .flatten()
            .filter_map(move |(name, node)| Some((name.as_str()?, self.follow(node)?)))
    }

    pub(super) fn text(self) -> Option<&'a str> {
        self.node.as_str()
    }

    /// A number, quoted or not.
    pub(super) fn number(self) -> Option<f64> {
        let number =
            self.node.as_floating_point().or_else(|| self.node.as_integer().map(|whole| whole as f64));
        number.or_else(|| self.text()?.parse().ok())
    }

    /// A whole number, quoted or not.
    pub(super) fn whole_number(self) -> Option<u32> {
        let whole = self.node.as_integer().and_then(|whole| u32::try_from(whole).ok());
        whole.or_else(|| self.text()?.parse().ok())
    }

    fn follow(self, node: &'a Yaml<'a>) -> Option<Place<'a>> {
        let node = match referred(node) {
            None => node,
            Some(name) => self.template.parameter(name?)?,
        };
        Some(Place { node, ..self })
    }
}

/// The target of a CloudFormation function. `Some(None)` is a function without a target, `None` no function.
fn referred<'a>(node: &'a Yaml<'a>) -> Option<Option<&'a str>> {
    match node {
        Yaml::Tagged(tag, name) => Some(name.as_str().filter(|_| tag.suffix == "Ref")),
        _ => node.as_mapping_get("Ref").map(Yaml::as_str),
    }
}
