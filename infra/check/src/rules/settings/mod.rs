//! The values of single settings. A file holds the settings of one service, each with its reason.

pub(super) mod alarm;
pub(super) mod document;
pub(super) mod firewall;
pub(super) mod log;
pub(super) mod plan;
pub(super) mod stage;
pub(super) mod users;

use crate::mistake::Mistake;
use crate::template::{Node, Place, Template, Value};

/// A setting with its wanted value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The names that lead to it; `*` stands for every entry and every element.
    pub(super) at: &'static [&'static str],
    pub(super) is: Wanted,
    /// The reason, as the end of a message.
    pub(super) because: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    /// Any value.
    Present,
    /// One of these, as a message writes them; the setting has to be there.
    OneOf(&'static [&'static str]),
    /// One of these, where the setting is there.
    OneOfIfPresent(&'static [&'static str]),
    /// A number from the first to the second.
    Within(f64, f64),
    /// A reference to a resource of this type, and to no resource of another.
    Reference(&'static str),
    /// A map with no other names.
    Names(&'static [&'static str]),
}

/// Returns the settings of all resources of a type that differ from the wanted values.
pub(super) fn of_resources(template: &Template, kind: &str, settings: &[Setting]) -> Vec<Mistake> {
    let resources: Vec<_> = template.resources(kind).collect();
    resources.iter().flat_map(|resource| differing(resource, settings)).collect()
}

/// Returns the settings of a part of the template that differ from the wanted values.
pub(super) fn differing(part: &Place<'_>, settings: &[Setting]) -> Vec<Mistake> {
    settings.iter().flat_map(|setting| follow(part, setting.at, setting)).collect()
}

fn follow(place: &Place<'_>, at: &[&str], setting: &Setting) -> Vec<Mistake> {
    match at {
        [] => wrong(place, setting).into_iter().collect(),
        ["*", rest @ ..] => {
            let entries = place.entries().into_iter().map(|(_, entry)| entry);
            let all: Vec<_> = entries.chain(place.elements()).collect();
            if all.is_empty() && !place.node().is_call() && !is_optional(&setting.is) {
                return vec![place.mistake(format!("it is empty: {}", setting.because))];
            }
            all.iter().flat_map(|inner| follow(inner, rest, setting)).collect()
        }
        [name, rest @ ..] => match place.get(name) {
            Some(inner) => follow(&inner, rest, setting),
            None if is_optional(&setting.is) => Vec::new(),
            None => vec![place.mistake(format!("it has no {name}: {}", setting.because))],
        },
    }
}

fn is_optional(wanted: &Wanted) -> bool {
    matches!(wanted, Wanted::OneOfIfPresent(_) | Wanted::Names(_))
}

fn wrong(place: &Place<'_>, Setting { is, because, .. }: &Setting) -> Option<Mistake> {
    let node = place.node();
    let wanted = match is {
        Wanted::Present => (node.value == Value::Null).then(|| "it is empty".to_owned()),
        Wanted::OneOf(known) | Wanted::OneOfIfPresent(known) => {
            let is_known = known.contains(&node.to_string().as_str()) || is_unknown(node);
            (!is_known).then(|| format!("it has to be {}", known.join(" or ")))
        }
        Wanted::Within(least, most) => {
            let is_within = node.number().is_some_and(|number| (*least..=*most).contains(&number));
            (!is_within && !is_unknown(node)).then(|| format!("it has to be from {least} to {most}"))
        }
        Wanted::Reference(kind) => {
            let resources =
                node.references().into_iter().filter_map(|name| place.template().resource_type(name));
            let kinds: Vec<_> = resources.collect();
            let is_right = kinds.contains(kind) && kinds.iter().all(|known| known == kind);
            (!is_right && !is_unknown(node)).then(|| format!("it has to refer to an {kind}"))
        }
        Wanted::Names(known) => {
            let unknown = node.entries().map(|(name, _)| name).find(|name| !known.contains(name));
            unknown.map(|name| format!("{name} is none of {}", known.join(", ")))
        }
    }?;
    Some(place.mistake(format!("{wanted}: {because}")))
}

/// Returns true for a value from outside the template, which only a deployment knows.
fn is_unknown(node: &Node) -> bool {
    matches!(&node.value, Value::Call(function, _) if function == "Fn::ImportValue" || function == "Fn::FindInMap")
}

/// A setting that has to have one value.
const fn one(at: &'static [&'static str], known: &'static [&'static str], because: &'static str) -> Setting {
    Setting { at, is: Wanted::OneOf(known), because }
}

const fn within(at: &'static [&'static str], least: f64, most: f64, because: &'static str) -> Setting {
    Setting { at, is: Wanted::Within(least, most), because }
}

const fn present(at: &'static [&'static str], because: &'static str) -> Setting {
    Setting { at, is: Wanted::Present, because }
}

const fn reference(at: &'static [&'static str], kind: &'static str, because: &'static str) -> Setting {
    Setting { at, is: Wanted::Reference(kind), because }
}

const fn names(
    at: &'static [&'static str],
    known: &'static [&'static str],
    because: &'static str,
) -> Setting {
    Setting { at, is: Wanted::Names(known), because }
}
