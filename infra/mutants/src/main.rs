//! Mutation testing as a program. It exits with 0 where every mutant is found or listed, and with 1 otherwise.

use anyhow::{Context, Result};
use clap::Parser;
use infra_check::Node;
use infra_mutants::{CfnLint, Equivalents, Report, generate, judge};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Changes a template in every plausible way, and shows which changes no check notices.
#[derive(Debug, Parser)]
#[command(name = "infra-mutants", version)]
struct Cli {
    /// The template, in YAML or JSON
    template: PathBuf,
    /// The list of mutants that behave as the template does, in YAML
    #[arg(long)]
    equivalents: PathBuf,
    /// The Python interpreter that has cfn-lint; without it only the project's rules are asked
    #[arg(long)]
    python: Option<PathBuf>,
    /// Print every mutant that was found, with the rule that it breaks
    #[arg(long)]
    verbose: bool,
}

fn main() -> Result<ExitCode> {
    let Cli { template, equivalents, python, verbose } = Cli::parse();
    let root = Node::read(&read(&template)?)?;
    let list = Equivalents::read(&read(&equivalents)?).with_context(|| equivalents.display().to_string())?;
    let mutants = generate(&root);
    let verdicts = judge(&root, &mutants, python.map(|python| CfnLint { python }).as_ref())?;

    let report = Report::new(template.display().to_string(), &mutants, &verdicts, &list);
    if verbose {
        report.found().for_each(|line| println!("{line}"));
    }
    println!("{}: {} mutants\n{report}", template.display(), mutants.len());
    Ok(if report.is_complete() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| file.display().to_string())
}
