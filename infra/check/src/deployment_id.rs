//! The logical id of a deployment, which has to be new whenever what is deployed is.
//!
//! `AWS::ApiGateway::Deployment` takes a snapshot of the API when it is created, and never again. So its logical id ends
//! in a digest of everything that the snapshot has in it; CloudFormation then creates another when that changes.

use crate::template::{Malformed, Node, Template, Value};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Hexadecimal digits of the digest that the id ends in.
const DIGITS: usize = 10;

/// The types of the resources in a snapshot.
const DEPLOYED: [&str; 7] = [
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Resource",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::GatewayResponse",
];

/// Returns true if a deployment's snapshot contains resources of this type.
pub(crate) fn is_deployed(kind: &str) -> bool {
    DEPLOYED.contains(&kind)
}

/// The logical id that a deployment has to have now.
pub(crate) fn expected(logical_id: &str, template: &Template) -> String {
    format!("{}{}", stem(logical_id), digest(template))
}

/// The text of a template with the logical id of each deployment as it has to be; everything else is as it was.
///
/// # Errors
/// A text that is no template.
pub fn repair(text: &str) -> Result<String, Malformed> {
    let template = Template::read(text)?;
    let deployments = template.resources("AWS::ApiGateway::Deployment");
    Ok(deployments.fold(text.to_owned(), |text, deployment| {
        let now = deployment.logical_id();
        replace_name(&text, now, &expected(now, &template))
    }))
}

/// The template with the logical id of each deployment as it has to be, also where a `Ref` names it.
///
/// # Errors
/// A tree that is no template.
pub fn repaired(root: &Node) -> Result<Node, Malformed> {
    let template = Template::of(root.clone())?;
    let deployments = template.resources("AWS::ApiGateway::Deployment");
    Ok(deployments.fold(root.clone(), |mut root, deployment| {
        let now = deployment.logical_id();
        rename(&mut root, now, &expected(now, &template));
        root
    }))
}

fn rename(node: &mut Node, name: &str, new: &str) {
    match &mut node.value {
        Value::List(elements) => elements.iter_mut().for_each(|node| rename(node, name, new)),
        Value::Map(entries) => {
            for (key, node) in entries {
                if key == name {
                    new.clone_into(key);
                }
                rename(node, name, new);
            }
        }
        Value::Call(_, argument) => rename(argument, name, new),
        Value::Text(text) if text == name => new.clone_into(text),
        _ => {}
    }
}

/// An id without the digest that it may end in.
fn stem(logical_id: &str) -> &str {
    let (stem, digest) =
        logical_id.split_at_checked(logical_id.len().saturating_sub(DIGITS)).unwrap_or((logical_id, ""));
    let is_digest =
        digest.len() == DIGITS && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_digest && !stem.is_empty() { stem } else { logical_id }
}

/// Replaces a name where it stands by itself, not as a part of a longer one.
fn replace_name(text: &str, name: &str, new: &str) -> String {
    let mut pieces = text.split(name).peekable();
    let mut replaced = String::with_capacity(text.len());
    while let Some(piece) = pieces.next() {
        replaced.push_str(piece);
        let Some(next) = pieces.peek() else { break };
        // A colon right before it, without a space, is that of AWS::ApiGateway::Deployment.
        let is_part = piece.ends_with(|c| is_of_a_name(c) || c == ':') || next.starts_with(is_of_a_name);
        replaced.push_str(if is_part { name } else { new });
    }
    replaced
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn digest(template: &Template) -> String {
    let mut canonical = String::new();
    let mut resources: Vec<_> = template
        .all_resources()
        .filter(|(_, resource)| resource.get("Type").and_then(Node::text).is_some_and(is_deployed))
        .collect();
    resources.sort_by_key(|(name, _)| *name);
    for (name, resource) in resources {
        for part in ["Type", "Condition", "Properties"] {
            let _ = write!(canonical, "{name}.{part}:");
            if let Some(node) = resource.get(part) {
                write_canonical(node, &mut canonical);
            }
        }
    }
    // A snapshot may have values from there in it.
    if let Some(mappings) = template.mappings() {
        write_canonical(mappings, &mut canonical);
    }
    let hash = Sha256::digest(canonical.as_bytes());
    let mut digits = String::new();
    for byte in hash.iter().take(DIGITS / 2) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Writes a value so that the same value is always the same text: whatever the order of its names, the kind of its
/// quotes, and the form of its functions.
fn write_canonical(node: &Node, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = match &node.value {
        Value::Null => write!(out, "null"),
        Value::Bool(truth) => write!(out, "{truth}"),
        Value::Number(number) => write!(out, "{number}"),
        Value::Text(text) => write_text(text, out),
        Value::List(elements) => {
            out.push('[');
            for element in elements {
                write_canonical(element, out);
                out.push(',');
            }
            write!(out, "]")
        }
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(name, _)| name);
            out.push('{');
            for (name, value) in entries {
                let _ = write_text(name, out);
                write_canonical(value, out);
                out.push(',');
            }
            write!(out, "}}")
        }
        Value::Call(function, argument) => {
            let _ = write!(out, "!{function} ");
            write_canonical(argument, out);
            write!(out, ";")
        }
    };
}

/// After its length, so that no text can be taken for what stands around it.
fn write_text(text: &str, out: &mut String) -> std::fmt::Result {
    write!(out, "{}:{text}", text.len())
}
