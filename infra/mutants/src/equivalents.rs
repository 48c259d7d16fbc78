//! The list of mutants that behave as the template does, each with the reason.

use crate::mutant::Mutant;
use anyhow::{Context, Result};
use infra_check::Node;

/// One kind of mutants, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalent {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// The place of the mutants, where `*` stands for any text.
    pub place: String,
    /// The change of the mutants, where `*` stands for any text.
    pub change: String,
    /// The reason why nothing depends on the change.
    pub because: String,
}

/// The whole list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Equivalents(Vec<Equivalent>);

impl Equivalents {
    /// Reads the list in YAML: maps with `place`, `because`, and `change` (or a list of changes) unless any change is meant.
    ///
    /// ```
    /// let list = "[{ place: '*.Description', because: People read it. }]";
    /// assert_eq!(infra_mutants::Equivalents::read(list)?.iter().count(), 1);
    /// # Ok::<(), anyhow::Error>(())
    /// ```
    ///
    /// # Errors
    /// Not YAML, or an element without a place or a reason.
    pub fn read(text: &str) -> Result<Equivalents> {
        let list = Node::read(text)?;
        let lines = list.elements().iter().map(|node| {
            let text = |name: &str| node.get(name).and_then(Node::text).map(str::to_owned);
            let lacks = |name: &str| format!("line {}: it has no {name}", node.line);
            let place = text("place").with_context(|| lacks("place"))?;
            let because = text("because").with_context(|| lacks("because"))?;
            let changes = match node.get("change") {
                None => vec![(node.line, "*".to_owned())],
                Some(change) => texts(change).with_context(|| lacks("change"))?,
            };
            let lines = changes.into_iter().map(move |(line, change)| Equivalent {
                line,
                place: place.clone(),
                change,
                because: because.clone(),
            });
            Ok(lines.collect::<Vec<_>>())
        });
        Ok(Equivalents(lines.collect::<Result<Vec<_>>>()?.concat()))
    }

    /// The elements, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Equivalent> {
        self.0.iter()
    }

    /// The index of the first element that fits a mutant.
    #[must_use]
    pub fn position(&self, mutant: &Mutant) -> Option<usize> {
        self.0
            .iter()
            .position(|known| fits(&known.place, &mutant.place) && fits(&known.change, &mutant.change))
    }
}

/// A text, or each of a list, with its line.
fn texts(node: &Node) -> Option<Vec<(usize, String)>> {
    let all = if node.elements().is_empty() { std::slice::from_ref(node) } else { node.elements() };
    all.iter().map(|node| Some((node.line, node.text()?.to_owned()))).collect()
}

/// Whether a text is what a pattern says, where `*` in the pattern stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.into_iter().any(|at| fits(rest, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn an_asterisk_stands_for_any_text() {
        assert!(fits("*.Description", "Api.Properties.Description"));
        assert!(fits("Api.*.title", "Api.info.title"));
        assert!(fits("*", ""));
        assert!(fits("* for *", "Sm for Sum"));
    }

    #[test]
    fn all_else_stands_for_itself() {
        assert!(!fits("*.Description", "Api.Description.0"));
        assert!(!fits("Api", "Api.Properties"));
        assert!(!fits("Api.*.title", "Api.title"));
    }
}
