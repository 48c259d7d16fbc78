//! A tree of values as JSON, for tools that read templates as text.

use infra_check::{Node, Value};
use serde_json::{Map, Number, json};

/// Writes intrinsic functions in their long form. Lines are lost.
#[must_use]
pub fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => json!(truth),
        Value::Number(number) => {
            json!(whole(*number).map_or_else(|| Number::from_f64(*number), |it| Some(it.into())))
        }
        Value::Text(text) => json!(text),
        Value::List(elements) => elements.iter().map(to_json).collect(),
        Value::Map(entries) => {
            let entries: Map<_, _> =
                entries.iter().map(|(name, node)| (name.clone(), to_json(node))).collect();
            entries.into()
        }
        Value::Call(function, argument) => json!({ function: to_json(argument) }),
    }
}

/// The number as an integer: 60.0 would be another type in JSON Schema's eyes.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}
