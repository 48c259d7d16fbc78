//! Every plausible change of a template, in the order of its lines.

mod call;
mod choices;
mod text;

use crate::mutant::{Edit, Mutant, Step};
use infra_check::{Node, Template, Value};

/// Makes all mutants of a template: every entry and element removed, every name misspelt, every value replaced.
///
/// The result is the same for the same template.
///
/// ```
/// let template = "Resources: { Key: { Type: AWS::ApiGateway::ApiKey, Properties: { Enabled: true } } }";
/// let root = infra_check::Node::read(template)?;
/// let mutants = infra_mutants::generate(&root);
/// let enabled = mutants.iter().filter(|mutant| mutant.place == "Key.Properties.Enabled");
/// let changes: Vec<_> = enabled.map(|mutant| mutant.change.as_str()).collect();
/// assert_eq!(changes, ["removed", "named Enaled", "false for true"]);
/// # Ok::<(), infra_check::Malformed>(())
/// ```
#[must_use]
pub fn generate(root: &Node) -> Vec<Mutant> {
    let mut generator = Generator { template: Template::of(root.clone()).ok(), found: Vec::new() };
    generator.walk(root, &Position::default());
    generator.found
}

/// The way from the root to a value.
#[derive(Debug, Clone, Default)]
struct Position {
    path: Vec<Step>,
    names: Vec<String>,
    /// The nearest name of an entry: `AlarmActions`, also for the elements of its list.
    key: String,
}

impl Position {
    fn entry(&self, index: usize, name: &str) -> Position {
        Position { key: name.to_owned(), ..self.inner(Step::Index(index), Some(name.to_owned())) }
    }

    fn element(&self, index: usize) -> Position {
        self.inner(Step::Index(index), Some(index.to_string()))
    }

    fn argument(&self) -> Position {
        self.inner(Step::Argument, None)
    }

    fn inner(&self, step: Step, name: Option<String>) -> Position {
        let mut position = self.clone();
        position.path.push(step);
        position.names.extend(name);
        position
    }

    /// The names joined by dots. A resource is called by its logical id, as in findings.
    fn place(&self) -> String {
        let skipped =
            usize::from(self.names.len() > 1 && self.names.first().is_some_and(|name| name == "Resources"));
        self.names.get(skipped..).unwrap_or_default().join(".")
    }
}

struct Generator {
    /// The template itself, which knows what a reference may name.
    template: Option<Template>,
    found: Vec<Mutant>,
}

impl Generator {
    fn add(&mut self, node: &Node, at: &Position, change: impl Into<String>, edit: Edit) {
        self.found.push(Mutant {
            line: node.line,
            place: at.place(),
            change: change.into(),
            path: at.path.clone(),
            edit,
        });
    }

    fn replace(&mut self, node: &Node, at: &Position, value: Value) {
        let new = Node { line: node.line, value };
        if new != *node {
            self.add(node, at, format!("{new} for {node}"), Edit::Replace(new.value));
        }
    }

    fn walk(&mut self, node: &Node, at: &Position) {
        match &node.value {
            Value::Map(entries) => {
                for (index, (name, inner)) in entries.iter().enumerate() {
                    let at = at.entry(index, name);
                    self.add(inner, &at, "removed", Edit::Remove);
                    for other in choices::names(name).into_iter().chain(text::misspelt(name)) {
                        self.add(inner, &at, format!("named {other}"), Edit::Rename(other));
                    }
                    self.walk(inner, &at);
                }
            }
            Value::List(elements) => {
                for (index, inner) in elements.iter().enumerate() {
                    let at = at.element(index);
                    self.add(inner, &at, "removed", Edit::Remove);
                    self.walk(inner, &at);
                }
            }
            Value::Bool(truth) => self.replace(node, at, Value::Bool(!truth)),
            Value::Number(number) => {
                for other in choices::numbers(*number) {
                    self.replace(node, at, Value::Number(other));
                }
            }
            Value::Text(text) => {
                for other in text::variants(&at.key, text) {
                    self.replace_text(node, at, text, other);
                }
            }
            Value::Call(function, argument) => self.call(node, at, function, argument),
            Value::Null => {}
        }
    }

    /// Replaces a text. The description of a long text says only where it differs.
    fn replace_text(&mut self, node: &Node, at: &Position, text: &str, other: text::Variant) {
        if other.text != text {
            self.add(node, at, other.change, Edit::Replace(Value::Text(other.text)));
        }
    }
}
