//! The results of several test runners, as a whole.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Result, bail};

use crate::busy::Busy;
use crate::outcome::Outcome;
use crate::repetition::{Repetition, Round};
use crate::tally::Tally;
use crate::tee;

/// A step that failed, and the tests that its runner named.
struct Failure {
    step: &'static str,
    tests: BTreeSet<String>,
}

/// Collects the results of test runners, one after another.
pub(crate) struct Report {
    /// Runs of each step. The machine is kept busy meanwhile if there are several.
    rounds: u32,
    tally: Tally,
    failures: Vec<Failure>,
    repetition: Repetition,
}

impl Report {
    /// A report of steps that each run `rounds` times.
    pub(crate) fn new(rounds: u32) -> Self {
        Self { rounds, tally: Tally::default(), failures: Vec::new(), repetition: Repetition::default() }
    }

    /// Runs one test runner to its end, in every round. After a failure the other rounds and steps still run.
    pub(crate) fn step(&mut self, name: &'static str, command: xshell::Cmd<'_>) -> Result<()> {
        let mut command = Command::from(command.quiet().env("NO_COLOR", "1"));
        let _busy = (self.rounds > 1).then(Busy::start);
        for round in 1..=self.rounds {
            println!("\n── {name}{} ──", self.nth(round));
            let (tally, tests) = run(&mut command)?;
            self.add(name, tally, &tests);
        }
        Ok(())
    }

    /// Adds the results of one round of a step.
    fn add(&mut self, step: &'static str, tally: Tally, tests: &Round) {
        self.tally += tally;
        self.repetition.add(step, tests);
        if tally.failed == 0 {
            return;
        }
        let failed = tests.iter().filter(|(_, has_passed)| !**has_passed).map(|(test, _)| test.clone());
        match self.failures.iter_mut().find(|failure| failure.step == step) {
            Some(failure) => failure.tests.extend(failed),
            None => self.failures.push(Failure { step, tests: failed.collect() }),
        }
    }

    /// Records a suite that could not be set up or built. It counts as a failure, and the other suites still run.
    pub(crate) fn did_not_run(&mut self, suite: &'static str, error: &anyhow::Error) {
        eprintln!("error: {error:#}");
        self.tally.failed += 1;
        self.failures.push(Failure { step: suite, tests: BTreeSet::new() });
    }

    /// Prints the failures and the number of tests. An error if any test failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!();
        for Failure { step, tests } in &self.failures {
            println!("Failed: {step}");
            for test in tests {
                println!("  {test}");
            }
        }
        if self.rounds > 1 {
            println!("Each test in {} rounds on a busy machine:\n{}", self.rounds, self.repetition);
        }
        println!("{}", self.tally);
        if self.failures.is_empty() { Ok(()) } else { bail!("tests failed") }
    }

    fn nth(&self, round: u32) -> String {
        if self.rounds > 1 { format!(", round {round} of {}", self.rounds) } else { String::new() }
    }
}

/// Runs one test runner once.
fn run(command: &mut Command) -> Result<(Tally, Round)> {
    let mut tally = Tally::default();
    let mut tests = Round::new();
    let status = tee::run(command, |line| {
        tally.read(line);
        if let Some(Outcome { name, has_passed }) = Outcome::read(line) {
            *tests.entry(name.to_owned()).or_insert(true) &= has_passed;
        }
    })?;
    // A runner that finds no test is broken, even if it exits with 0. So is a runner that fails without naming a test.
    if !status.success() && tally.failed == 0 || tally.total() == 0 {
        tally.failed += 1;
    }
    Ok((tally, tests))
}

#[cfg(test)]
mod tests {
    use xshell::{Shell, cmd};

    use super::{Report, Round, Tally};

    #[test]
    fn a_test_that_fails_in_some_rounds_fails_the_run_and_is_named_once() {
        let mut report = Report::new(3);
        for has_passed in [true, false, false] {
            let tests = Round::from([("a".to_owned(), true), ("b".to_owned(), has_passed)]);
            let tally = Tally { passed: 1 + u64::from(has_passed), failed: u64::from(!has_passed) };
            report.add("steps", tally, &tests);
        }
        assert_eq!(report.tally.to_string(), "4 passed, 2 failed");
        assert_eq!(report.failures.len(), 1);
        assert!(report.failures[0].tests.iter().eq(["b"]));
        assert!(report.repetition.to_string().contains("     1       2  steps: b\n"));
        assert_eq!(report.finish().unwrap_err().to_string(), "tests failed");
    }

    #[test]
    fn a_runner_that_finds_no_test_fails() {
        let sh = Shell::new().unwrap();
        let mut report = Report::new(1);
        report.step("steps", cmd!(sh, "true")).unwrap();
        assert_eq!(report.finish().unwrap_err().to_string(), "tests failed");
    }
}
