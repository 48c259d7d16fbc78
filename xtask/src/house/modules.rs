//! The modules of a crate, and which of them defines what a path names.

use std::collections::BTreeMap;

use super::imports::{self, Import};
use super::source::Source;

/// A module's path from the crate's root, `::` between its names. The root itself is empty.
type Path = Vec<String>;

/// One module: its file, and what that imports.
pub(crate) struct Module {
    pub(crate) file: String,
    imports: Vec<Import>,
}

/// A use of another module, resolved to where the item is defined.
pub(crate) struct Edge<'a> {
    pub(crate) from: &'a [String],
    /// The module that defines the item, and the item's own name where there is one.
    pub(crate) definition: Path,
    pub(crate) to: &'a [String],
    pub(crate) file: &'a str,
    pub(crate) line: usize,
    /// Whether the importing module only passes the item on.
    pub(crate) is_passed_on: bool,
}

/// Every module of the crate whose root is `src/lib.rs`.
pub(crate) struct Modules(BTreeMap<Path, Module>);

impl Modules {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let rust = sources.iter().filter(|source| source.is_rust());
        Self(
            rust.map(|source| {
                let module = Module { file: source.path.clone(), imports: imports::of(&source.text) };
                (module_path(&source.path), module)
            })
            .collect(),
        )
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Path, &Module)> {
        self.0.iter()
    }

    /// Every import of an item of this crate. An item that another module only passes on counts as its definer's.
    pub(crate) fn edges(&self) -> Vec<Edge<'_>> {
        let mut edges = Vec::new();
        for (from, module) in self.iter() {
            for import in &module.imports {
                let Some(named) = self.absolute(from, &import.path) else { continue };
                let definition = self.definition(named);
                let Some(to) = self.module_of(&definition).filter(|to| *to != from) else { continue };
                edges.push(Edge {
                    from,
                    definition,
                    to,
                    file: &module.file,
                    line: import.line,
                    is_passed_on: import.is_passed_on,
                });
            }
        }
        edges
    }

    /// Imports of other crates: file, line, name of the crate.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = (&Path, &str, usize, &str)> {
        self.iter().flat_map(move |(from, module)| {
            let outside = module.imports.iter().filter(|import| self.absolute(from, &import.path).is_none());
            outside.filter_map(move |import| {
                Some((from, module.file.as_str(), import.line, import.path.first()?.as_str()))
            })
        })
    }

    /// The path from the crate's root. `None` for a path into another crate, or below a type.
    fn absolute(&self, from: &[String], path: &[String]) -> Option<Path> {
        let mut base = from.to_vec();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop()?;
                    rest = &rest[1..];
                }
            }
            child => {
                base.push(child.to_owned());
                self.0.get(&base)?;
                rest = &rest[1..];
            }
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// Follows `use` declarations from the module that a path goes through to the module that defines the item.
    fn definition(&self, mut path: Path) -> Path {
        // A path that leads through as many modules as there are leads round in a circle.
        for _ in 0..self.0.len() {
            let Some(next) = self.passed_on(&path) else { break };
            path = next;
        }
        path
    }

    fn passed_on(&self, path: &[String]) -> Option<Path> {
        let through = self.module_of(path)?;
        let (name, rest) = path[through.len()..].split_first()?;
        let mut imports = self.0.get(through)?.imports.iter();
        let import = imports.find(|import| import.name.as_ref() == Some(name))?;
        let mut target = self.absolute(through, &import.path)?;
        target.extend_from_slice(rest);
        (target != path).then_some(target)
    }

    /// The innermost module that `path` goes through.
    fn module_of(&self, path: &[String]) -> Option<&[String]> {
        (0..=path.len()).rev().find_map(|length| Some(self.0.get_key_value(&path[..length])?.0.as_slice()))
    }
}

/// `src/a/b.rs` and `src/a/b/mod.rs` are both `a::b`.
fn module_path(file: &str) -> Path {
    let names = file.strip_suffix(".rs").unwrap_or(file).split('/').skip(1);
    let mut path: Path = names.map(str::to_owned).collect();
    if path.last().is_some_and(|name| name == "mod") || path == ["lib"] {
        path.pop();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::Modules;
    use crate::house::source::Source;

    fn edges(files: &[(&str, &str)]) -> Vec<String> {
        let source = |&(path, text): &(&str, &str)| Source { path: path.to_owned(), text: text.to_owned() };
        let sources: Vec<_> = files.iter().map(source).collect();
        let modules = Modules::of(&sources);
        let edges = modules.edges();
        edges
            .iter()
            .map(|edge| format!("{}:{} {}", edge.file, edge.line, edge.definition.join("::")))
            .collect()
    }

    #[test]
    fn a_path_is_resolved_from_the_root_the_parent_and_the_module_itself() {
        let files = [
            ("src/lib.rs", ""),
            ("src/a/mod.rs", "mod b;\nfn f() { b::g(); self::b::h() }"),
            ("src/a/b.rs", "use crate::a::I;\nuse super::J;\nuse std::fmt;"),
        ];
        assert_eq!(
            edges(&files),
            ["src/a/mod.rs:2 a::b::g", "src/a/mod.rs:2 a::b::h", "src/a/b.rs:1 a::I", "src/a/b.rs:2 a::J"]
        );
    }

    #[test]
    fn what_a_module_passes_on_is_its_definers() {
        let files = [
            ("src/lib.rs", "pub mod a;\npub mod c;"),
            ("src/a/mod.rs", "mod b;\npub use b::Thing as Renamed;"),
            ("src/a/b.rs", "pub struct Thing;"),
            ("src/c.rs", "use crate::a::Renamed;"),
        ];
        assert_eq!(edges(&files), ["src/a/mod.rs:2 a::b::Thing", "src/c.rs:1 a::b::Thing"]);
    }

    #[test]
    fn a_name_that_nobody_defines_ends() {
        let files = [("src/lib.rs", ""), ("src/a.rs", "use crate::b::X;"), ("src/b.rs", "use crate::a::X;")];
        assert_eq!(edges(&files), Vec::<String>::new());
    }
}
