//! The source files that the house rules read.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Endings of the files that are source. Style sheets and pages have no functions or imports to check.
const ENDINGS: [&str; 7] = ["rs", "js", "mjs", "jsx", "ts", "mts", "tsx"];

/// One file, by its path from the root of the checkout, with `/` on every system.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Every source file below `folder`, sorted by path.
pub(crate) fn read(root: &Path, folder: &str) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    collect(root, folder, &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn collect(root: &Path, folder: &str, sources: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(root.join(folder)).with_context(|| folder.to_owned())? {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            // Dependencies and build output are not ours.
            if !["node_modules", "target", "dist"].contains(&entry.file_name().to_string_lossy().as_ref()) {
                collect(root, &path, sources)?;
            }
        } else if path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) {
            let text = fs::read_to_string(entry.path()).with_context(|| path.clone())?;
            sources.push(Source { path, text });
        }
    }
    Ok(())
}
