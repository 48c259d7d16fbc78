//! The house rules that no other linter knows: who may import whom, and how long and how described a file is.

mod borders;
mod circles;
mod from_root;
mod imports;
mod length;
mod lexer;
mod modules;
mod opening;
mod source;
mod table;
mod violation;

use std::path::Path;

use anyhow::{Result, bail};

use length::LENGTHS;
use modules::Modules;
use source::Source;
use table::TABLE;
use violation::Violation;

/// The crate whose modules the table of imports is about.
const CLIENT: &str = "src";

/// Folders in which every Rust file says what it is, and no path climbs by `super::super`.
const DESCRIBED: [&str; 7] = [
    CLIENT,
    "infra/check/src",
    "tests/gateway/src",
    "tests/gateway/wasm/src",
    "tests/simulation/src",
    "xtask/glue/src",
    "xtask/src",
];

/// Prints every place that breaks a rule. An error if there is any.
pub(crate) fn check(root: &Path) -> Result<()> {
    let mut sources = Vec::new();
    for length in LENGTHS {
        sources.extend(source::read(root, length.folder)?);
    }
    let violations = violations(sources);
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => Ok(()),
        count => bail!("house rules are broken in {count} places"),
    }
}

/// Every place of these files that breaks a rule, sorted by file and line.
fn violations(sources: Vec<Source>) -> Vec<Violation> {
    let mut violations = length::check(&sources, LENGTHS);
    let is_described = |source: &Source| DESCRIBED.iter().any(|folder| source.is_in(folder));
    let described: Vec<_> = sources.into_iter().filter(is_described).collect();
    violations.extend(opening::check(&described));
    violations.extend(from_root::check(&described));
    let client: Vec<_> = described.into_iter().filter(|source| source.is_in(CLIENT)).collect();
    let modules = Modules::of(&client);
    violations.extend(borders::check(&modules, TABLE));
    violations.extend(circles::check(&modules));
    violations.sort();
    violations
}

#[cfg(test)]
mod tests;
