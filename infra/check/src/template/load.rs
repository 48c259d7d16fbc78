//! From YAML to nodes: tags and long forms of functions become one.

use super::Malformed;
use super::node::{Node, Value};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// Functions that have no `Fn::` in their long form.
const BARE: [&str; 2] = ["Ref", "Condition"];

/// The others.
const FUNCTIONS: [&str; 18] = [
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

pub(super) fn load(text: &str) -> Result<Node, Malformed> {
    let documents = MarkedYaml::load_from_str(text)
        .map_err(|error| Malformed::Yaml(error.to_string().replace('\n', " ")))?;
    match documents.as_slice() {
        [] => Err(Malformed::Empty),
        [document] => node(document),
        _ => Err(Malformed::Yaml("more than one document".to_owned())),
    }
}

fn node(yaml: &MarkedYaml<'_>) -> Result<Node, Malformed> {
    let line = yaml.span.start.line();
    let value = match &yaml.data {
        YamlData::Value(scalar) => self::scalar(scalar),
        YamlData::Sequence(elements) => Value::List(elements.iter().map(node).collect::<Result<_, _>>()?),
        YamlData::Mapping(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| Ok((key(name)?, node(value)?)))
                .collect::<Result<Vec<_>, Malformed>>()?;
            long_form(entries)
        }
        YamlData::Tagged(tag, argument) => {
            let function = long_name(&tag.suffix).filter(|_| tag.handle == "!");
            let function = function
                .ok_or_else(|| Malformed::Tag { line, tag: format!("{}{}", tag.handle, tag.suffix) })?;
            // A tag's line is its argument's, which has none of its own where it is a scalar.
            call(function, Node { line, ..node(argument)? })
        }
        YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => {
            return Err(Malformed::Yaml(format!("line {line}: a value that YAML does not know")));
        }
    };
    Ok(Node { line, value })
}

fn scalar(scalar: &Scalar<'_>) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(truth) => Value::Bool(*truth),
        Scalar::Integer(whole) => Value::Number(*whole as f64),
        Scalar::FloatingPoint(number) => Value::Number(number.into_inner()),
        Scalar::String(text) => Value::Text(text.to_string()),
    }
}

fn key(yaml: &MarkedYaml<'_>) -> Result<String, Malformed> {
    match &yaml.data {
        YamlData::Value(Scalar::String(name)) => Ok(name.to_string()),
        // An account's number, say, in a map of its own making.
        YamlData::Value(Scalar::Integer(number)) => Ok(number.to_string()),
        _ => Err(Malformed::Yaml(format!("line {}: a key that is no text", yaml.span.start.line()))),
    }
}

fn long_name(short: &str) -> Option<String> {
    if BARE.contains(&short) {
        Some(short.to_owned())
    } else {
        FUNCTIONS.contains(&short).then(|| format!("Fn::{short}"))
    }
}

/// `{ Ref: Name }` and `{ "Fn::Sub": … }`; anything else is a map.
fn long_form(mut entries: Vec<(String, Node)>) -> Value {
    match entries.pop() {
        Some((name, argument)) if entries.is_empty() && (name == "Ref" || name.starts_with("Fn::")) => {
            call(name, argument)
        }
        last => {
            entries.extend(last);
            Value::Map(entries)
        }
    }
}

/// `!GetAtt Name.Attribute` is a list, as it is in the long form.
fn call(function: String, mut argument: Node) -> Value {
    if let (Some((name, attribute)), "Fn::GetAtt") =
        (argument.text().and_then(|text| text.split_once('.')), function.as_str())
    {
        let part = |text: &str| Node { line: argument.line, value: Value::Text(text.to_owned()) };
        argument = Node { line: argument.line, value: Value::List(vec![part(name), part(attribute)]) };
    }
    Value::Call(function, Box::new(argument))
}
