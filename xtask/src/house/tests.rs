//! Files that break a rule, each named with its line.

use std::path::Path;

use super::source::{self, Source};
use super::violations;

/// The violations of a client that holds every rule, with these files added or replaced.
fn said_of(files: &[(&str, &str)]) -> Vec<String> {
    let sound = [
        ("src/lib.rs", "//! The crate.\npub mod throttle;\npub mod time;"),
        ("src/time.rs", "//! Time.\npub struct Span;"),
        ("src/throttle/mod.rs", "//! The face.\nmod limit;\nmod queue;\npub use queue::Ticket;"),
        ("src/throttle/limit/mod.rs", "//! The limit.\nuse crate::time::Span;\npub struct Limit(Span);"),
        ("src/throttle/queue/mod.rs", "//! The queue.\npub struct Ticket;"),
    ];
    let kept = sound.iter().filter(|(path, _)| files.iter().all(|(other, _)| other != path));
    let source = |&(path, text): &(&str, &str)| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = kept.chain(files).map(source).collect();
    violations(sources).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_only(said: &[String], starts: &str) {
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with(starts), "{said:?}");
}

#[test]
fn a_sound_client_breaks_no_rule() {
    assert_eq!(said_of(&[]), Vec::<String>::new());
}

#[test]
fn an_import_that_the_table_forbids_is_named() {
    let limit = "//! The limit.\nuse crate::time::Span;\n\nuse crate::throttle::queue::Ticket;";
    let said = said_of(&[("src/throttle/limit/mod.rs", limit)]);
    assert_eq!(
        said,
        ["src/throttle/limit/mod.rs:4: `limit` may not import `queue`: \
          it may import `config`, `decision_time`, `time` (xtask/src/house/table.rs)"]
    );
}

#[test]
fn a_path_in_code_is_an_import_too() {
    let limit = "//! The limit.\nfn f() {\n    crate::throttle::queue::ticket();\n}";
    let said = said_of(&[("src/throttle/limit/mod.rs", limit)]);
    assert_only(&said, "src/throttle/limit/mod.rs:3: `limit` may not import `queue`");
}

#[test]
fn the_way_over_the_face_is_no_way_round_the_table() {
    let limit = "//! The limit.\nuse crate::throttle::{\n    Ticket,\n};";
    let said = said_of(&[("src/throttle/limit/mod.rs", limit)]);
    assert_only(&said, "src/throttle/limit/mod.rs:3: `limit` may not import `queue`");
}

#[test]
fn only_the_type_that_the_table_names_may_be_imported() {
    let routes = ("src/throttle/routes/mod.rs", "//! Routes.\npub struct Route;\npub struct Routes;");
    let queue = "//! The queue.\nuse crate::throttle::routes::Route;\nuse crate::throttle::routes::Routes;";
    let said = said_of(&[routes, ("src/throttle/queue/mod.rs", queue)]);
    assert_only(
        &said,
        "src/throttle/queue/mod.rs:3: `queue` may not import `routes`: it may import `routes::Route`",
    );
}

#[test]
fn a_room_without_a_row_is_named() {
    let said = said_of(&[("src/throttle/dice.rs", "//! Dice.")]);
    assert_only(&said, "src/throttle/dice.rs:1: `throttle::dice` has no row");
}

#[test]
fn the_decisions_know_no_browser() {
    let said = said_of(&[("src/time.rs", "//! Time.\n\nuse js_sys::Date;")]);
    assert_only(&said, "src/time.rs:3: `time` may not import `js_sys`");
    let web = ("src/web/mod.rs", "//! The shell.\nuse js_sys::Date;\nuse crate::time::Span;");
    let said = said_of(&[web, ("src/time.rs", "//! Time.\nuse crate::web::now;")]);
    assert!(said[0].starts_with("src/time.rs:2: `time` may not import `web`"), "{said:?}");
}

#[test]
fn a_circle_is_named_from_its_first_module_to_the_last() {
    let said = said_of(&[
        ("src/web/mod.rs", "//! The shell."),
        ("src/web/a.rs", "//! A.\nuse super::b::B;\npub struct A(B);"),
        ("src/web/b.rs", "//! B.\nuse super::c::C;\npub struct B(C);"),
        ("src/web/c.rs", "//! C.\n\nuse super::a::A;\npub struct C(A);"),
    ]);
    assert_only(
        &said,
        "src/web/a.rs:2: modules import each other in a circle: `web::a` → `web::b` → `web::c` → `web::a` \
         (also src/web/b.rs:2, src/web/c.rs:3)",
    );
}

#[test]
fn a_parent_that_only_passes_on_its_child_makes_no_circle() {
    let child = ("src/web/child.rs", "//! A child.\nuse super::Parent;\npub struct Child(Parent);");
    for use_of_child in ["pub use child::Child;", "pub(crate) use child::Child;"] {
        let parent = format!("//! The shell.\nmod child;\n{use_of_child}\npub struct Parent;");
        assert_eq!(said_of(&[("src/web/mod.rs", &parent), child]), Vec::<String>::new());
    }
    let said = said_of(&[("src/web/mod.rs", "//! The shell.\nuse child::Child;\npub struct Parent;"), child]);
    assert_only(
        &said,
        "src/web/mod.rs:2: modules import each other in a circle: `web` → `web::child` → `web`",
    );
}

#[test]
fn a_file_that_is_too_long_is_named() {
    let long = |lines: usize| format!("//! A file.\n{}", "// A line.\n".repeat(lines - 1));
    assert_eq!(said_of(&[("src/web/mod.rs", &long(300))]), Vec::<String>::new());
    let said = said_of(&[("src/web/mod.rs", &long(301))]);
    assert_only(&said, "src/web/mod.rs:301: 301 lines, of which 300 are allowed");
    let said = said_of(&[("pkg/src/types.ts", &long(301))]);
    assert_only(&said, "pkg/src/types.ts:301: 301 lines");
}

#[test]
fn a_file_that_does_not_say_what_it_is_is_named() {
    let said = said_of(&[("src/time.rs", "// Time.\npub struct Span;")]);
    assert_only(&said, "src/time.rs:1: the file does not open with `//!`");
}

#[test]
fn a_path_that_climbs_twice_is_named() {
    let limit = "//! The limit.\n// Not super::super, which is a comment.\nuse super::super::time::Span;";
    let said = said_of(&[("src/throttle/limit/mod.rs", limit)]);
    assert_only(&said, "src/throttle/limit/mod.rs:3: `super::super`");
}

#[test]
fn files_are_read_by_their_path_from_the_root() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the checkout");
    let sources = source::read(root, "xtask/src").expect("this crate has sources");
    let this = sources.iter().find(|source| source.path == "xtask/src/house/tests.rs").expect("this file");
    assert!(this.text.starts_with("//! Files that break a rule"));
}
