//! A mistake with its place and its message.

use std::fmt;

/// A mistake, and the rule that it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// The place and the message.
    pub mistake: Mistake,
}

/// A wrong value at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// The logical id, and the names and indices that lead to the value, joined by dots.
    pub place: String,
    /// The value, if it is not a map.
    pub value: Option<String>,
    /// The fault, and the right value.
    pub message: String,
}

/// In a line, after the name of the file and a colon.
impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mistake { line, place, value, message } = &self.mistake;
        write!(out, "{line}: {place}: ")?;
        if let Some(value) = value {
            write!(out, "{}: ", value.replace('\n', " "))?;
        }
        write!(out, "{message} [{}]", self.rule)
    }
}
