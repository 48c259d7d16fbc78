//! The tests that failed, by name: the line that says so is far up by the time a run ends.

/// The name of the test that this line of a runner's says has failed.
pub(crate) fn named_in(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let name = libtest(line).or_else(|| nextest(line)).or_else(|| node(line)).or_else(|| vitest(line))?;
    Some(name.trim())
}

/// `test a_name ... FAILED` of cargo test, `test a_name ... FAIL` of wasm-bindgen's runner.
fn libtest(line: &str) -> Option<&str> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    outcome.starts_with("FAIL").then_some(name)
}

/// `FAIL [   0.005s] ( 3/12) a-crate::a-binary a_name`.
fn nextest(line: &str) -> Option<&str> {
    ["FAIL [", "TIMEOUT [", "SIGABRT ["]
        .iter()
        .find_map(|start| line.strip_prefix(start))?
        .split_once(']')
        .map(|(_, name)| name)
}

/// `not ok 3 - a name` for machines, `✖ a name (1.2ms)` for people.
fn node(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("not ok ") {
        return rest.split_once(" - ").map(|(_, name)| name);
    }
    line.strip_prefix("✖ ")?.rsplit_once(" (").map(|(name, _)| name)
}

/// `FAIL  a.test.tsx > a concern > a name`.
fn vitest(line: &str) -> Option<&str> {
    line.strip_prefix("FAIL  ")
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn each_runner_names_what_failed() {
        for (line, name) in [
            ("test throttle::pause::a_name ... FAILED", "throttle::pause::a_name"),
            ("test web::tabs::a_name ... FAIL", "web::tabs::a_name"),
            ("        FAIL [   0.005s] ( 3/12) xtask::bin/xtask a_name", "( 3/12) xtask::bin/xtask a_name"),
            ("     TIMEOUT [  60.005s] simulation::measures a_name", "simulation::measures a_name"),
            ("    not ok 3 - sends nothing until it is back", "sends nothing until it is back"),
            (
                "  ✖ sends nothing (at all) until it is back (12.5ms)",
                "sends nothing (at all) until it is back",
            ),
            (
                " FAIL  notice.test.tsx > the notice > counts down",
                "notice.test.tsx > the notice > counts down",
            ),
        ] {
            assert_eq!(named_in(line), Some(name));
        }
    }

    #[test]
    fn any_other_line_names_nothing() {
        for line in [
            "",
            "test a_name ... ok",
            "ok 3 - a name",
            "✔ a name (1ms)",
            "PASS [ 0.1s] a name",
            "✖ failing tests:",
            "# fail 0",
        ] {
            assert_eq!(named_in(line), None, "{line}");
        }
    }
}
