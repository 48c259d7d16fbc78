//! The rule: a Rust file opens with `//!`, a line that says what the file is.

use super::source::Source;
use super::violation::Violation;

pub(crate) fn check(sources: &[Source]) -> Vec<Violation> {
    let silent = sources.iter().filter(|source| source.is_rust() && !source.text.starts_with("//!"));
    let message = "the file does not open with `//!` and what it is";
    silent
        .map(|source| Violation { file: source.path.clone(), line: 1, message: message.to_owned() })
        .collect()
}
