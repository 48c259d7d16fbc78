//! The outcome of each test, by name: the line of a failure is far up by the time a run ends.

/// A test that a runner has named, and its outcome.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome<'line> {
    pub(crate) name: &'line str,
    pub(crate) has_passed: bool,
}

impl<'line> Outcome<'line> {
    /// Reads one line of a runner's output. `None` for a line without a test's outcome.
    pub(crate) fn read(line: &'line str) -> Option<Self> {
        let line = line.trim_start();
        let (name, has_passed) =
            libtest(line).or_else(|| nextest(line)).or_else(|| node(line)).or_else(|| vitest(line))?;
        Some(Self { name: name.trim(), has_passed })
    }
}

/// `test a_name ... FAILED` of cargo test, `test a_name ... FAIL` of wasm-bindgen's runner, `ok` of both.
fn libtest(line: &str) -> Option<(&str, bool)> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    let has_passed = outcome.starts_with("ok");
    (has_passed || outcome.starts_with("FAIL")).then_some((name, has_passed))
}

/// `FAIL [   0.005s] ( 3/12) a-crate::a-binary a_name`. The number of the test differs between runs.
fn nextest(line: &str) -> Option<(&str, bool)> {
    let begins = [("PASS [", true), ("FAIL [", false), ("TIMEOUT [", false), ("SIGABRT [", false)];
    let (rest, has_passed) =
        begins.iter().find_map(|(begin, has_passed)| Some((line.strip_prefix(begin)?, *has_passed)))?;
    let (_, name) = rest.split_once(']')?;
    let name = name.trim_start();
    let numbered = name.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    Some((numbered.map_or(name, |(_, name)| name), has_passed))
}

/// `not ok 3 - a name` for machines, `✖ a name (1.2ms)` for people.
fn node(line: &str) -> Option<(&str, bool)> {
    if let Some((name, has_passed)) = line
        .strip_prefix("not ok ")
        .map(|rest| (rest, false))
        .or_else(|| Some((line.strip_prefix("ok ")?, true)))
        .and_then(|(rest, has_passed)| Some((rest.split_once(" - ")?.1, has_passed)))
    {
        // A skipped test is `ok` too.
        return (!name.contains(" # SKIP")).then_some((name, has_passed));
    }
    let (rest, has_passed) = match line.strip_prefix("✖ ") {
        Some(rest) => (rest, false),
        None => (line.strip_prefix("✔ ")?, true),
    };
    Some((rest.rsplit_once(" (")?.0, has_passed))
}

/// `FAIL  a.test.tsx > a concern > a name`. Vitest names only the files of tests that passed.
fn vitest(line: &str) -> Option<(&str, bool)> {
    Some((line.strip_prefix("FAIL  ")?, false))
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn each_runner_names_its_failures() {
        for (line, name) in [
            ("test throttle::pause::a_name ... FAILED", "throttle::pause::a_name"),
            ("test web::tabs::a_name ... FAIL", "web::tabs::a_name"),
            ("        FAIL [   0.005s] ( 3/12) xtask::bin/xtask a_name", "xtask::bin/xtask a_name"),
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
            assert_eq!(Outcome::read(line), Some(Outcome { name, has_passed: false }));
        }
    }

    #[test]
    fn each_runner_but_vitest_names_its_passes() {
        for (line, name) in [
            ("test throttle::pause::a_name ... ok", "throttle::pause::a_name"),
            ("        PASS [   0.005s] (12/12) xtask::bin/xtask a_name", "xtask::bin/xtask a_name"),
            ("    ok 3 - sends nothing until it is back", "sends nothing until it is back"),
            ("  ✔ sends nothing until it is back (12.5ms)", "sends nothing until it is back"),
        ] {
            assert_eq!(Outcome::read(line), Some(Outcome { name, has_passed: true }));
        }
    }

    #[test]
    fn any_other_line_names_nothing() {
        for line in [
            "",
            "test a_name ... ignored",
            "ok 3 - a name # SKIP",
            "✖ failing tests:",
            "# fail 0",
            "✓ notice.test.tsx (5 tests) 30ms",
        ] {
            assert_eq!(Outcome::read(line), None, "{line}");
        }
    }
}
