//! A CloudFormation template, as far as it can be read without deploying it: resources, and references to
//! parameters that have a default.

use saphyr::{LoadableYamlNode, Yaml};

/// A template in YAML, or in JSON, which YAML includes.
#[derive(Debug)]
pub(super) struct CloudFormation<'text>(Yaml<'text>);

/// A place in a template, with its references followed.
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

    /// The properties of each resource of this type, in their order.
    pub(super) fn resources<'a>(&'a self, kind: &str) -> impl Iterator<Item = Place<'a>> {
        let resources = self.0.as_mapping_get("Resources").and_then(Yaml::as_mapping);
        resources.into_iter().flatten().filter_map(move |(_, resource)| {
            let is_wanted = resource.as_mapping_get("Type")?.as_str()? == kind;
            is_wanted.then_some(Place { template: self, node: resource.as_mapping_get("Properties")? })
        })
    }

    /// What `!Ref NAME` stands for, if that is a parameter with a default.
    fn parameter(&self, name: &str) -> Option<&Yaml<'text>> {
        self.0.as_mapping_get("Parameters")?.as_mapping_get(name)?.as_mapping_get("Default")
    }
}

impl<'a> Place<'a> {
    /// A property; none where it is absent, or something that only a deployment knows.
    pub(super) fn get(self, name: &str) -> Option<Place<'a>> {
        self.node.as_mapping_get(name).and_then(|node| self.follow(node))
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

    /// A number, also one in quotes.
    pub(super) fn number(self) -> Option<f64> {
        let number =
            self.node.as_floating_point().or_else(|| self.node.as_integer().map(|whole| whole as f64));
        number.or_else(|| self.text()?.parse().ok())
    }

    /// A whole number, also one in quotes.
    pub(super) fn whole_number(self) -> Option<u32> {
        let whole = self.node.as_integer().and_then(|whole| u32::try_from(whole).ok());
        whole.or_else(|| self.text()?.parse().ok())
    }

    fn follow(self, node: &'a Yaml<'a>) -> Option<Place<'a>> {
        let referred = match node {
            Yaml::Tagged(tag, name) => Some(name.as_str().filter(|_| tag.suffix == "Ref")),
            _ => node.as_mapping_get("Ref").map(Yaml::as_str),
        };
        let node = match referred {
            None => node,
            Some(name) => self.template.parameter(name?)?,
        };
        Some(Place { node, ..self })
    }
}
