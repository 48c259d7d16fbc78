//! A place in the source that breaks a house rule.

use std::fmt;

/// Printed as `file:line: message`, which editors and terminals turn into a link.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, message } = self;
        write!(f, "{file}:{line}: {message}")
    }
}
