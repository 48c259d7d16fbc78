//! The table of imports: the folders of `src`, and the folders that each may import from.
//!
//! A row names a room, which is a folder or a file of `src`, and the paths that its modules may import. A path allows
//! everything below it, and `throttle::routes::Route` allows one type. A room may also import itself and the rooms of
//! `EVERYBODY`. For a module in two rooms, the row of the inner room counts. Every room of `throttle` needs a row.
//!
//! To allow an import, add its path to the row. Check first that the importing room needs the other one for its own task,
//! and that the other one knows nothing of it. Then change the picture in docs/architecture.md.

/// A room and its imports.
pub(crate) struct Row {
    pub(crate) room: &'static str,
    pub(crate) may_import: &'static [&'static str],
}

/// The rooms that every room may import.
pub(crate) const EVERYBODY: &[&str] = &["time"];

/// The parts of `src` that run on every platform, natively too: they decide, and have no effects.
pub(crate) const WITHOUT_PLATFORM: &[&str] = &["time", "headers", "throttle"];

/// Crates that only work in JavaScript's world.
pub(crate) const PLATFORM: &[&str] = &[
    "wasm_bindgen",
    "js_sys",
    "web_sys",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "gloo_timers",
    "getrandom",
];

/// The rooms, from the shell down to the parts that know no other.
pub(crate) const TABLE: &[Row] = &[
    Row { room: "web", may_import: &["throttle", "headers"] },
    // The public face of the decisions: it passes on what its rooms define.
    Row { room: "throttle", may_import: &[] },
    Row {
        room: "throttle::scope",
        may_import: &[
            "throttle::action",
            "throttle::advice",
            "throttle::config",
            "throttle::decision_time",
            "throttle::hold",
            "throttle::limit",
            "throttle::opaque",
            "throttle::queue",
            "throttle::random",
            "throttle::routes",
            "throttle::status",
            "throttle::tabs",
        ],
    },
    Row {
        room: "throttle::hold",
        may_import: &["throttle::action", "throttle::advice", "throttle::status", "throttle::random"],
    },
    Row { room: "throttle::hold::server_budget", may_import: &["throttle::hold", "headers"] },
    Row {
        room: "throttle::action",
        may_import: &["throttle::advice", "throttle::queue", "throttle::routes"],
    },
    Row { room: "throttle::opaque", may_import: &["throttle::queue"] },
    Row {
        room: "throttle::tabs",
        may_import: &[
            "throttle::limit::estimator::estimate",
            "throttle::limit::estimator::bounds",
            "throttle::limit::share",
            "throttle::decision_time",
        ],
    },
    Row { room: "throttle::queue", may_import: &["throttle::routes::Route"] },
    Row { room: "throttle::limit", may_import: &["throttle::config", "throttle::decision_time"] },
    Row { room: "throttle::routes", may_import: &["throttle::decision_time"] },
    Row { room: "throttle::advice", may_import: &["headers"] },
    Row { room: "throttle::config", may_import: &[] },
    Row { room: "throttle::status", may_import: &[] },
    Row { room: "throttle::random", may_import: &[] },
    Row { room: "throttle::decision_time", may_import: &[] },
    Row { room: "headers", may_import: &[] },
    Row { room: "time", may_import: &[] },
];
