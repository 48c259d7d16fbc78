//! The rule: no module imports, over however many others, a module that imports it.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Edge, Modules};
use super::violation::Violation;

type Module<'a> = &'a [String];

/// Names one circle for each module that is part of any, unless a circle that was named already goes through it.
pub(crate) fn check(modules: &Modules) -> Vec<Violation> {
    let edges = modules.edges();
    let mut imports: BTreeMap<Module<'_>, Vec<&Edge<'_>>> = BTreeMap::new();
    // A `pub use` makes nobody depend on anything: who imports the name depends on the module that defines it.
    for edge in edges.iter().filter(|edge| !edge.is_passed_on) {
        imports.entry(edge.from).or_default().push(edge);
    }
    let mut named = BTreeSet::new();
    let mut violations = Vec::new();
    for &module in imports.keys() {
        if named.contains(module) {
            continue;
        }
        let Some(circle) = shortest_circle(module, &imports) else { continue };
        named.extend(circle.iter().map(|edge| edge.from));
        violations.extend(violation(&circle));
    }
    violations
}

/// Breadth first, so that the circle is one of the shortest.
fn shortest_circle<'e>(
    start: Module<'e>,
    imports: &BTreeMap<Module<'e>, Vec<&'e Edge<'e>>>,
) -> Option<Vec<&'e Edge<'e>>> {
    let mut reached_by: BTreeMap<Module<'e>, &'e Edge<'e>> = BTreeMap::new();
    let mut frontier = vec![start];
    while !frontier.is_empty() {
        let mut next = Vec::new();
        for edge in frontier.iter().filter_map(|module| imports.get(module)).flatten() {
            if reached_by.contains_key(edge.to) {
                continue;
            }
            reached_by.insert(edge.to, edge);
            next.push(edge.to);
        }
        if reached_by.contains_key(start) {
            return Some(way_back(start, &reached_by));
        }
        frontier = next;
    }
    None
}

fn way_back<'e>(start: Module<'e>, reached_by: &BTreeMap<Module<'e>, &'e Edge<'e>>) -> Vec<&'e Edge<'e>> {
    let mut way = Vec::new();
    let mut module = start;
    while let Some(edge) = reached_by.get(module) {
        way.push(*edge);
        module = edge.from;
        if module == start {
            break;
        }
    }
    way.reverse();
    way
}

fn violation(circle: &[&Edge<'_>]) -> Option<Violation> {
    let first = circle.first()?;
    let mut names: Vec<_> = circle.iter().map(|edge| format!("`{}`", edge.from.join("::"))).collect();
    names.push(format!("`{}`", first.from.join("::")));
    let rest: Vec<_> = circle[1..].iter().map(|edge| format!("{}:{}", edge.file, edge.line)).collect();
    let message =
        format!("modules import each other in a circle: {} (also {})", names.join(" → "), rest.join(", "));
    Some(Violation { file: first.file.to_owned(), line: first.line, message })
}
