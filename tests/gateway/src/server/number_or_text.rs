//! A value that is written as a JSON number or as a string.

use serde::Deserialize;
use std::fmt;

/// `7` or `"7"`; `1.5` or `"100/min"`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum NumberOrText {
    Number(f64),
    Text(String),
}

impl fmt::Display for NumberOrText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberOrText::Number(number) => number.fmt(out),
            NumberOrText::Text(text) => text.fmt(out),
        }
    }
}
