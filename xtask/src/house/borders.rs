//! The rule: a module imports only from the rooms that its row of the table names.

use super::modules::{Edge, Modules};
use super::table::{EVERYBODY, PLATFORM, Row, WITHOUT_PLATFORM};
use super::violation::Violation;

/// The folder whose rooms each need a row of their own.
const DIVIDED: &str = "throttle";

pub(crate) fn check(modules: &Modules, table: &[Row]) -> Vec<Violation> {
    let mut violations = Vec::new();
    violations.extend(modules.edges().iter().filter_map(|edge| crossed(edge, table)));
    violations.extend(without_row(modules, table));
    violations.extend(platform(modules));
    violations
}

/// The violation of an import that no arrow of the table allows.
fn crossed(edge: &Edge<'_>, table: &[Row]) -> Option<Violation> {
    // The crate's root may import everything.
    let row = row_of(edge.from, table)?;
    let definition = edge.definition.join("::");
    let mut allowed = row.may_import.iter().chain(EVERYBODY).chain([&row.room]);
    if allowed.any(|path| is_below(&definition, path)) {
        return None;
    }
    let message = format!(
        "`{}` may not import `{}`: {}",
        short(row.room),
        short(room_of(&definition, table)),
        rule(row),
    );
    Some(Violation { file: edge.file.to_owned(), line: edge.line, message })
}

/// The table's row, in words.
fn rule(row: &Row) -> String {
    let paths: Vec<_> =
        row.may_import.iter().chain(EVERYBODY).map(|path| format!("`{}`", short(path))).collect();
    format!("it may import {} (xtask/src/house/table.rs)", paths.join(", "))
}

fn without_row<'a>(modules: &'a Modules, table: &'a [Row]) -> impl Iterator<Item = Violation> + 'a {
    modules.iter().filter_map(|(path, module)| {
        let [first, room, ..] = path.as_slice() else { return None };
        let room = format!("{first}::{room}");
        let has_row = table.iter().any(|row| row.room == room);
        let message = format!("`{room}` has no row in the table of imports (xtask/src/house/table.rs)");
        (first == DIVIDED && !has_row).then(|| Violation { file: module.file.clone(), line: 1, message })
    })
}

fn platform(modules: &Modules) -> impl Iterator<Item = Violation> + '_ {
    modules.foreign().filter_map(|(from, file, line, krate)| {
        let part = from.first()?;
        let is_forbidden = WITHOUT_PLATFORM.contains(&part.as_str()) && PLATFORM.contains(&krate);
        let message = format!("`{part}` may not import `{krate}`: it runs without JavaScript");
        is_forbidden.then(|| Violation { file: file.to_owned(), line, message })
    })
}

fn row_of<'t>(module: &[String], table: &'t [Row]) -> Option<&'t Row> {
    let module = module.join("::");
    table.iter().filter(|row| is_below(&module, row.room)).max_by_key(|row| row.room.len())
}

/// The room that a definition belongs to: the table's, or else the outermost folder.
fn room_of<'d>(definition: &'d str, table: &[Row]) -> &'d str {
    let rooms = table.iter().map(|row| row.room).filter(|room| is_below(definition, room));
    let length = rooms.map(str::len).max().or_else(|| definition.find("::")).unwrap_or(definition.len());
    &definition[..length]
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn short(path: &str) -> &str {
    path.strip_prefix("throttle::").unwrap_or(path)
}
