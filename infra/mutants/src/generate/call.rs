//! Changes of intrinsic functions.

use super::{Generator, Position, text};
use infra_check::{Node, Template, Value};

impl Generator {
    pub(super) fn call(&mut self, node: &Node, at: &Position, function: &str, argument: &Node) {
        match (function, &argument.value) {
            ("Ref", Value::Text(name)) => {
                let others =
                    self.template.as_ref().map(|template| beside(template, name)).unwrap_or_default();
                for other in others.into_iter().chain(text::misspelt(name)) {
                    self.replace(node, at, call(function, Value::Text(other)));
                }
            }
            ("Fn::GetAtt", Value::List(parts)) => {
                let [resource, attribute] = parts.as_slice() else { return };
                let template = self.template.as_ref();
                if let Some(other) =
                    template.and_then(|template| with_attribute(template, resource, attribute))
                {
                    let parts = vec![with_text(resource, other), attribute.clone()];
                    self.replace(node, at, call(function, Value::List(parts)));
                }
                for other in attribute.text().into_iter().filter_map(text::misspelt) {
                    let parts = vec![resource.clone(), with_text(attribute, other)];
                    self.replace(node, at, call(function, Value::List(parts)));
                }
            }
            ("Fn::Not", Value::List(parts)) => {
                for part in parts {
                    self.replace(node, at, part.value.clone());
                }
                self.arguments(parts, at);
            }
            ("Fn::If", Value::List(parts)) => {
                if let [condition, yes, no] = parts.as_slice() {
                    let swapped = vec![condition.clone(), no.clone(), yes.clone()];
                    self.replace(node, at, call(function, Value::List(swapped)));
                }
                self.arguments(parts, at);
            }
            (_, Value::List(parts)) => self.arguments(parts, at),
            _ => self.walk(argument, &at.argument()),
        }
    }

    /// Changes arguments without removing any: a wrong number of them never deploys.
    fn arguments(&mut self, parts: &[Node], at: &Position) {
        for (index, part) in parts.iter().enumerate() {
            self.walk(part, &at.argument().element(index));
        }
    }
}

fn call(function: &str, argument: Value) -> Value {
    Value::Call(function.to_owned(), Box::new(Node { line: 0, value: argument }))
}

fn with_text(node: &Node, text: String) -> Node {
    Node { line: node.line, value: Value::Text(text) }
}

/// The neighbour of what a `Ref` names: the next resource, or the next parameter of the same type.
fn beside(template: &Template, name: &str) -> Option<String> {
    if name.starts_with("AWS::") {
        return Some(if name == "AWS::StackName" { "AWS::StackId" } else { "AWS::StackName" }.to_owned());
    }
    let names: Vec<_> = match template.parameter(name) {
        None => template.all_resources().map(|(known, _)| known).collect(),
        Some(parameter) => {
            let root = template.root();
            let parameters = root.node().get("Parameters").into_iter().flat_map(Node::entries);
            parameters
                .filter(|(_, known)| known.get("Type") == parameter.get("Type"))
                .map(|(known, _)| known)
                .collect()
        }
    };
    following(&names, name)
}

/// The next resource of which the template asks the same attribute.
fn with_attribute(template: &Template, resource: &Node, attribute: &Node) -> Option<String> {
    let mut names = Vec::new();
    collect(template.root().node(), attribute, &mut names);
    following(&names, resource.text()?)
}

fn collect<'a>(node: &'a Node, attribute: &Node, names: &mut Vec<&'a str>) {
    match &node.value {
        Value::List(elements) => elements.iter().for_each(|node| collect(node, attribute, names)),
        Value::Map(entries) => entries.iter().for_each(|(_, node)| collect(node, attribute, names)),
        Value::Call(function, argument) => {
            if let ("Fn::GetAtt", [resource, asked]) = (function.as_str(), argument.elements()) {
                let name = resource.text().filter(|name| asked == attribute && !names.contains(name));
                names.extend(name);
            }
            collect(argument, attribute, names);
        }
        _ => {}
    }
}

fn following(names: &[&str], name: &str) -> Option<String> {
    let index = names.iter().position(|known| *known == name)?;
    let next = names.get((index + 1) % names.len())?;
    (*next != name).then(|| (*next).to_owned())
}
