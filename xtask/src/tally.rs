//! The numbers of passed and failed tests, read from the last lines of the runners.

use std::fmt;

/// Numbers of finished tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Adds the counts of a runner's last line. Any other line adds nothing.
    pub(crate) fn read(&mut self, line: &str) {
        let runners = [libtest, nextest, node, vitest];
        let counts = runners.iter().find_map(|closing_line| closing_line(line)).unwrap_or_default();
        self.passed += counts.passed;
        self.failed += counts.failed;
    }

    pub(crate) fn total(self) -> u64 {
        self.passed + self.failed
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; …`: cargo test, and wasm-bindgen's runner.
fn libtest(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(sum(counts.split(';')))
}

/// `Summary [   0.005s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
fn nextest(line: &str) -> Option<Tally> {
    let (_, counts) = line.trim_start().strip_prefix("Summary [")?.split_once(" run: ")?;
    Some(sum(counts.split(',')))
}

/// `ℹ pass 3` for people, `# pass 3` for machines.
fn node(line: &str) -> Option<Tally> {
    let line = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
    let (what, count) = line.split_once(' ')?;
    let count = count.parse().ok()?;
    match what {
        "pass" => Some(Tally { passed: count, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: count }),
        _ => None,
    }
}

/// `Tests  1 failed | 12 passed (13)`. The line before it counts files.
fn vitest(line: &str) -> Option<Tally> {
    let counts = line.trim_start().strip_prefix("Tests  ")?;
    Some(sum(counts.split('|')))
}

fn sum<'line>(counts: impl Iterator<Item = &'line str>) -> Tally {
    let mut tally = Tally::default();
    for count in counts {
        let Some((number, what)) = count.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        // nextest and Vitest explain a count in brackets.
        match what.split(" (").next().unwrap_or(what) {
            "passed" => tally.passed += number,
            "failed" | "timed out" | "exec failed" => tally.failed += number,
            _ => {}
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn read(line: &str) -> Tally {
        let mut tally = Tally::default();
        tally.read(line);
        tally
    }

    #[test]
    fn cargo_test_is_understood() {
        let line = "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s";
        assert_eq!(read(line), Tally { passed: 3, failed: 2 });
    }

    #[test]
    fn nextest_is_understood() {
        let line = "     Summary [   0.005s] 7 tests run: 4 passed (1 slow), 1 failed, 1 timed out, 1 exec failed, 2 skipped";
        assert_eq!(read(line), Tally { passed: 4, failed: 3 });
    }

    #[test]
    fn node_is_understood_with_either_reporter() {
        assert_eq!(read("ℹ pass 12"), Tally { passed: 12, failed: 0 });
        assert_eq!(read("# fail 2"), Tally { passed: 0, failed: 2 });
        assert_eq!(read("# cancelled 1"), Tally { passed: 0, failed: 1 });
    }

    #[test]
    fn vitest_is_understood() {
        assert_eq!(
            read("      Tests  1 failed | 12 passed | 3 skipped (16)"),
            Tally { passed: 12, failed: 1 }
        );
        assert_eq!(read(" Test Files  1 failed | 4 passed (5)"), Tally::default());
    }

    #[test]
    fn any_other_line_counts_nothing() {
        for line in
            ["", "12 passed", "running 3 tests", "ℹ tests 14", "# duration_ms 12.5", "test a_name ... ok"]
        {
            assert_eq!(read(line), Tally::default(), "{line}");
        }
    }

    #[test]
    fn the_counts_of_several_runners_add_up() {
        let mut tally = Tally::default();
        for line in ["ℹ pass 2", "ℹ fail 1", "test result: ok. 3 passed; 0 failed; 0 ignored"] {
            tally.read(line);
        }
        assert_eq!(tally, Tally { passed: 5, failed: 1 });
    }
}
