//! How a run of several test runners went, as a whole.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Result, bail};

use crate::failure;
use crate::tally::Tally;
use crate::tee;

/// A step that failed, and the tests that its runner named.
struct Failure {
    step: &'static str,
    tests: BTreeSet<String>,
}

/// What the test runners said, one after another.
#[derive(Default)]
pub(crate) struct Report {
    tally: Tally,
    failures: Vec<Failure>,
}

impl Report {
    /// Runs one test runner to its end. A failure is remembered, so that the other steps still run.
    pub(crate) fn step(&mut self, name: &'static str, command: xshell::Cmd<'_>) -> Result<()> {
        println!("\n── {name} ──");
        let mut tally = Tally::default();
        let mut tests = BTreeSet::new();
        let command = command.quiet().env("NO_COLOR", "1");
        let status = tee::run(Command::from(command), |line| {
            tally.read(line);
            tests.extend(failure::named_in(line).map(str::to_owned));
        })?;
        // A runner that finds no test is broken, whatever it says; so is one that fails without naming a test.
        if !status.success() && tally.failed == 0 || tally.total() == 0 {
            tally.failed += 1;
        }
        if tally.failed > 0 {
            self.failures.push(Failure { step: name, tests });
        }
        self.tally += tally;
        Ok(())
    }

    /// What a suite needs could not be set up or built. It counts as a failure, and the other suites still run.
    pub(crate) fn did_not_run(&mut self, suite: &'static str, error: &anyhow::Error) {
        eprintln!("error: {error:#}");
        self.tally.failed += 1;
        self.failures.push(Failure { step: suite, tests: BTreeSet::new() });
    }

    /// Prints what failed and how many tests that were. An error if any did.
    pub(crate) fn finish(self) -> Result<()> {
        println!();
        for Failure { step, tests } in &self.failures {
            println!("Failed: {step}");
            for test in tests {
                println!("  {test}");
            }
        }
        println!("{}", self.tally);
        if self.failures.is_empty() { Ok(()) } else { bail!("tests failed") }
    }
}
