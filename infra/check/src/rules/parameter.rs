//! Parameters: what may be chosen, and how a rate is told apart from requests a minute.

use crate::mistake::Mistake;
use crate::template::{Node, Template, Value};

/// Returns true if a condition compares the parameter with a value that is not allowed.
fn impossible(template: &Template, parameter: &str, values: &Node) -> bool {
    let root = template.root();
    let conditions = root.node().get("Conditions").into_iter().flat_map(Node::entries);
    conditions.map(|(_, condition)| condition).any(|condition| match &condition.value {
        Value::Call(function, parts) if function == "Fn::Equals" => match parts.elements() {
            [asked, value] => asked.reference() == Some(parameter) && !values.elements().contains(value),
            _ => false,
        },
        _ => false,
    })
}

pub(super) fn parameters(template: &Template) -> Vec<Mistake> {
    let root = template.root();
    let Some(parameters) = root.get("Parameters") else { return Vec::new() };
    parameters
        .entries()
        .into_iter()
        .filter_map(|(name, parameter)| {
            let node = parameter.node();
            let default = node.get("Default");
            let number = default.and_then(Node::number);
            if node.get("Type").and_then(Node::text) == Some("Number") {
                let Some(number) = number else {
                    return Some(parameter.mistake("a number has a Default, which these rules look at"));
                };
                return wrong_description(name, node, number).map(|message| parameter.mistake(message));
            }
            if number.is_some() {
                return Some(parameter.mistake(
                    "its Default is a number, its Type is not: CloudFormation takes any text for it",
                ));
            }
            if node.get("AllowedValues").is_some_and(|values| impossible(template, name, values)) {
                return Some(parameter.mistake("a condition compares it with a value that is not allowed"));
            }
            wrong_text(node).map(|message| parameter.mistake(message))
        })
        .collect()
}

/// The complete sets of values for a parameter.
///
/// Of `true` and `false` the default is `false`, which leaves the account alone.
const CHOICES: [&[&str]; 2] = [&["DAY", "WEEK", "MONTH"], &["true", "false"]];

/// A stage's name, and a host with or without its port.
const PATTERNS: [&str; 2] = ["[A-Za-z0-9_]+", "[A-Za-z0-9.-]+(:[0-9]+)?"];

fn wrong_text(parameter: &Node) -> Option<String> {
    let default = parameter.get("Default").and_then(Node::text);
    let pattern = parameter.get("AllowedPattern").and_then(Node::text);
    let values = parameter.get("AllowedValues").map(Node::elements);
    if let Some(values) = values {
        let is_one_of = |choice: &&&[&str]| {
            choice.len() == values.len()
                && choice.iter().all(|known| values.iter().any(|value| value.text() == Some(known)))
        };
        let Some(choice) = CHOICES.iter().find(is_one_of) else {
            return Some("a parameter is chosen from DAY, WEEK and MONTH, or from true and false".to_owned());
        };
        let is_default = default.is_some_and(|default| choice.contains(&default) && default != "true");
        return (!is_default).then(|| "its Default is one of its AllowedValues, and not true".to_owned());
    }
    let is_bound = default == Some("") || pattern.is_some_and(|pattern| PATTERNS.contains(&pattern));
    (!is_bound).then(|| {
        format!(
            "any text is taken: it needs AllowedValues, or an AllowedPattern such as {}",
            PATTERNS.join(" or ")
        )
    })
}

/// A rate is easily taken for requests a minute, so its description says both: `1.6667 is 100 a minute`.
fn wrong_description(name: &str, parameter: &Node, number: f64) -> Option<String> {
    let (factor, unit) = match name {
        _ if name.ends_with("PerSecond") => (60.0, "a minute"),
        _ if name.ends_with("PerMinute") => (1.0 / 60.0, "a second"),
        _ => return None,
    };
    let wanted = (number * factor * 100.0).round() / 100.0;
    let text = parameter.get("Description").and_then(Node::text).unwrap_or_default();
    let said = text.split(". ").find_map(|sentence| {
        sentence.strip_suffix('.').unwrap_or(sentence).strip_suffix(unit)?.trim().split_once(" is ")
    });
    let is_so = said.is_some_and(|(rate, other)| {
        rate.parse() == Ok(number)
            && other.parse::<f64>().is_ok_and(|other| (other - wanted).abs() <= wanted / 1000.0)
    });
    (!is_so).then(|| format!("its Description has to say '{number} is {wanted} {unit}.'"))
}
