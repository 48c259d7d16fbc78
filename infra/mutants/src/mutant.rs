//! One change of a template.

use infra_check::{Node, Value};
use std::fmt;

/// One step from a value to a value inside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The entry of a map, or the element of a list, by its index.
    Index(usize),
    /// The argument of an intrinsic function.
    Argument,
}

/// The change itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Removes the entry or the element.
    Remove,
    /// Gives the entry another name.
    Rename(String),
    /// Puts another value there.
    Replace(Value),
}

/// A template with one change.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// The line in the template, counted from 1.
    pub line: usize,
    /// The names and indices that lead to the value, joined by dots, as findings have them.
    pub place: String,
    /// The change in words: `removed`, or `403 for 429`.
    pub change: String,
    pub(crate) path: Vec<Step>,
    pub(crate) edit: Edit,
}

impl Mutant {
    /// Returns the changed template, or `None` if the path leads nowhere.
    #[must_use]
    pub fn apply(&self, root: &Node) -> Option<Node> {
        let mut root = root.clone();
        let (last, way) = self.path.split_last()?;
        let parent = way.iter().try_fold(&mut root, |node, step| inner(node, *step))?;
        match (&self.edit, *last) {
            (Edit::Replace(value), step) => inner(parent, step)?.value = value.clone(),
            (Edit::Rename(name), Step::Index(index)) => {
                let Value::Map(entries) = &mut parent.value else { return None };
                name.clone_into(&mut entries.get_mut(index)?.0);
            }
            (Edit::Remove, Step::Index(index)) => match &mut parent.value {
                Value::Map(entries) if index < entries.len() => drop(entries.remove(index)),
                Value::List(elements) if index < elements.len() => drop(elements.remove(index)),
                _ => return None,
            },
            (Edit::Rename(_) | Edit::Remove, Step::Argument) => return None,
        }
        Some(root)
    }
}

fn inner(node: &mut Node, step: Step) -> Option<&mut Node> {
    match (&mut node.value, step) {
        (Value::Map(entries), Step::Index(index)) => entries.get_mut(index).map(|(_, node)| node),
        (Value::List(elements), Step::Index(index)) => elements.get_mut(index),
        (Value::Call(_, argument), Step::Argument) => Some(argument),
        _ => None,
    }
}

/// In a line, after the name of the file and a colon.
impl fmt::Display for Mutant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}: {}", self.line, self.place, self.change.replace('\n', " "))
    }
}
