use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::headers::Fields;

/// The header fields of an answer, as far as the page may read them: a line each, the name in lower case, a colon, and
/// the value. Text crosses the border once, and nothing that somebody made up is called from here.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a>(pub(super) &'a str);

impl Fields for Lines<'_> {
    fn get(&self, name: &'static str) -> Option<String> {
        let mut lines = self.0.split('\n');
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        Some(value.to_owned())
    }
}
