//! The outcomes of tests that run several times.

use std::collections::BTreeMap;
use std::fmt;

use crate::tally::Tally;

/// The outcome of each test of one round. A runner may name a failure twice: where it happens, and at its end.
pub(crate) type Round = BTreeMap<String, bool>;

/// For each test, the rounds in which it passed and failed.
#[derive(Default)]
pub(crate) struct Repetition(BTreeMap<String, Tally>);

impl Repetition {
    /// Adds a round of one step. Steps may have tests of the same name.
    pub(crate) fn add(&mut self, step: &str, round: &Round) {
        for (test, has_passed) in round {
            let tally = self.0.entry(format!("{step}: {test}")).or_default();
            if *has_passed {
                tally.passed += 1;
            } else {
                tally.failed += 1;
            }
        }
    }
}

/// A row for each test that failed in any round, and one for all others.
impl fmt::Display for Repetition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "passed  failed  test")?;
        for (test, Tally { passed, failed }) in self.0.iter().filter(|(_, tally)| tally.failed > 0) {
            writeln!(f, "{passed:>6}  {failed:>6}  {test}")?;
        }
        let steady = self.0.values().filter(|tally| tally.failed == 0);
        let (tests, passed) =
            steady.fold((0, 0), |(tests, passed), tally| (tests + 1, passed + tally.passed));
        writeln!(f, "{passed:>6}  {:>6}  ({tests} tests that never failed)", 0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Repetition, Round};

    fn round(outcomes: &[(&str, bool)]) -> Round {
        outcomes.iter().map(|(test, has_passed)| ((*test).to_owned(), *has_passed)).collect()
    }

    #[test]
    fn each_test_is_counted_over_the_rounds() {
        let mut repetition = Repetition::default();
        repetition.add("native", &round(&[("a", true), ("b", true), ("c", true)]));
        repetition.add("native", &round(&[("a", true), ("b", false), ("c", true)]));
        repetition.add("native", &round(&[("a", true), ("b", true)]));
        assert_eq!(
            repetition.to_string(),
            "passed  failed  test\n     2       1  native: b\n     5       0  (2 tests that never failed)\n"
        );
    }

    #[test]
    fn the_same_name_in_two_steps_is_two_tests() {
        let mut repetition = Repetition::default();
        repetition.add("tests in Chromium", &round(&[("a", true)]));
        repetition.add("tests in Firefox", &round(&[("a", false)]));
        assert_eq!(
            repetition.to_string(),
            "passed  failed  test\n     0       1  tests in Firefox: a\n     1       0  (1 tests that never failed)\n"
        );
    }
}
