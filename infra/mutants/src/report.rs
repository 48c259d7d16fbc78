//! The outcome of a run, as it is printed.

use crate::equivalents::Equivalents;
use crate::judge::Verdict;
use crate::mutant::Mutant;
use std::fmt;

/// The mutants by verdict: found, listed, or missed.
#[derive(Debug)]
pub struct Report<'a> {
    /// The template's file, by which lines of the report begin.
    template: String,
    list: &'a Equivalents,
    by_rules: Vec<(&'a Mutant, &'a str)>,
    by_cfn_lint: Vec<(&'a Mutant, &'a str)>,
    /// The number of mutants for each element of the list.
    listed: Vec<usize>,
    missed: Vec<&'a Mutant>,
}

impl<'a> Report<'a> {
    /// Sorts mutants by their verdicts.
    #[must_use]
    pub fn new(
        template: String,
        mutants: &'a [Mutant],
        verdicts: &'a [Verdict],
        list: &'a Equivalents,
    ) -> Report<'a> {
        let listed = vec![0; list.iter().count()];
        let mut report = Report {
            template,
            list,
            by_rules: Vec::new(),
            by_cfn_lint: Vec::new(),
            listed,
            missed: Vec::new(),
        };
        for (mutant, verdict) in mutants.iter().zip(verdicts) {
            match verdict {
                Verdict::Rule(rule) => report.by_rules.push((mutant, rule)),
                Verdict::CfnLint(finding) => report.by_cfn_lint.push((mutant, finding)),
                Verdict::Survived => match list.position(mutant) {
                    Some(position) => report.listed[position] += 1,
                    None => report.missed.push(mutant),
                },
            }
        }
        report
    }

    /// Whether no mutant is missed, and every element of the list fits a mutant that survives.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missed.is_empty() && !self.listed.contains(&0)
    }

    /// Each mutant that was found, with the rule that it breaks.
    pub fn found(&self) -> impl Iterator<Item = String> {
        let all = self.by_rules.iter().chain(&self.by_cfn_lint);
        all.map(|(mutant, rule)| format!("{}:{mutant} [{rule}]", self.template))
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "found: {}", self.by_rules.len() + self.by_cfn_lint.len())?;
        writeln!(out, "  {} by the project's rules", self.by_rules.len())?;
        writeln!(out, "  {} by cfn-lint alone", self.by_cfn_lint.len())?;
        writeln!(out, "made no difference: {}", self.listed.iter().sum::<usize>())?;
        for (known, count) in self.list.iter().zip(&self.listed) {
            writeln!(out, "  {count}: {}: {}: {}", known.place, known.change, known.because)?;
        }
        for (known, _) in self.list.iter().zip(&self.listed).filter(|(_, count)| **count == 0) {
            writeln!(out, "stale: line {} of the list fits no mutant that survives", known.line)?;
        }
        if self.missed.is_empty() {
            return write!(out, "missed: none");
        }
        write!(out, "missed: {}", self.missed.len())?;
        self.missed.iter().try_for_each(|mutant| write!(out, "\n  {}:{mutant}", self.template))
    }
}
