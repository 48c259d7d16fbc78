//! A value in a template, with the line it stands on.

use super::Malformed;
use super::load::load;
use std::fmt;

/// A value of a template, intrinsic functions included. Two are equal that say the same, wherever they stand.
#[derive(Debug, Clone)]
pub struct Node {
    /// Counted from 1.
    pub line: usize,
    /// The value.
    pub value: Value,
}

/// The kinds of values in YAML, JSON and CloudFormation.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, as in `Properties:` without any.
    Null,
    /// `true`
    Bool(bool),
    /// `1.6667`
    Number(f64),
    /// `THROTTLED`
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file.
    Map(Vec<(String, Node)>),
    /// An intrinsic function by its long name, `Ref` or `Fn::Sub`, whichever way it was written.
    Call(String, Box<Node>),
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.value == other.value
    }
}

impl Node {
    /// Reads a document in YAML or JSON, whether it is a template or not.
    ///
    /// # Errors
    /// Neither YAML nor JSON, or a tag that is no function of CloudFormation.
    pub fn read(text: &str) -> Result<Node, Malformed> {
        load(text)
    }

    /// An entry of a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().find_map(|(name, node)| (name == key).then_some(node))
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Node)> {
        let entries = if let Value::Map(entries) = &self.value { entries.as_slice() } else { &[] };
        entries.iter().map(|(name, node)| (name.as_str(), node))
    }

    /// The elements of a list; none of anything else.
    #[must_use]
    pub fn elements(&self) -> &[Node] {
        if let Value::List(elements) = &self.value { elements } else { &[] }
    }

    /// A text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// A number, also one in quotes, as CloudFormation takes it.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match &self.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A truth, also one in quotes.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(truth) => Some(*truth),
            Value::Text(text) => text.to_ascii_lowercase().parse().ok(),
            _ => None,
        }
    }

    /// The name that a `Ref` is to.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        match &self.value {
            Value::Call(function, argument) if function == "Ref" => argument.text(),
            _ => None,
        }
    }

    /// Returns true for an intrinsic function, whose value only a deployment knows.
    #[must_use]
    pub fn is_call(&self) -> bool {
        matches!(self.value, Value::Call(..))
    }

    /// The names of everything that is referred to in it by `Ref`, `Fn::GetAtt` or `Fn::Sub`: resources, parameters,
    /// and pseudo parameters.
    #[must_use]
    pub fn references(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect_references(&mut names);
        names
    }

    fn collect_references<'a>(&'a self, names: &mut Vec<&'a str>) {
        match &self.value {
            Value::List(elements) => elements.iter().for_each(|node| node.collect_references(names)),
            Value::Map(entries) => entries.iter().for_each(|(_, node)| node.collect_references(names)),
            Value::Call(function, argument) => match function.as_str() {
                "Ref" => names.extend(argument.text()),
                "Fn::GetAtt" => names.extend(argument.elements().first().and_then(Node::text)),
                "Fn::Sub" => match argument.elements() {
                    [] => names.extend(argument.text().into_iter().flat_map(substitutions)),
                    // With variables of its own, which come first.
                    [text, variables, ..] => {
                        let all = text.text().into_iter().flat_map(substitutions);
                        names.extend(all.filter(|name| variables.get(name).is_none()));
                        variables.collect_references(names);
                    }
                    [text] => text.collect_references(names),
                },
                _ => argument.collect_references(names),
            },
            _ => {}
        }
    }
}

/// The names in `${Name}` and `${Name.Attribute}`; `${!Literal}` is none.
fn substitutions(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        let name = name.split('.').next()?;
        (!name.starts_with('!')).then_some(name)
    })
}

/// In a line, as a message has it.
impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => out.write_str("null"),
            Value::Bool(truth) => truth.fmt(out),
            Value::Number(number) => number.fmt(out),
            Value::Text(text) => out.write_str(text),
            Value::List(elements) => {
                out.write_str("[")?;
                for (index, node) in elements.iter().enumerate() {
                    write!(out, "{}{node}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str("]")
            }
            Value::Map(entries) => {
                out.write_str("{")?;
                for (index, (name, node)) in entries.iter().enumerate() {
                    write!(out, "{}{name}: {node}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str("}")
            }
            Value::Call(function, argument) => {
                write!(out, "!{} {argument}", function.strip_prefix("Fn::").unwrap_or(function))
            }
        }
    }
}
