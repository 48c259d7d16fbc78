//! The check as a program. It exits with 0 where nothing is wrong, 1 where something is, and 2 where it could not look.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a template that cannot be read is a message, not a panic"
)]

use clap::Parser;
use infra_check::{RULES, Template};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Finds what a CloudFormation template of a throttled API gets wrong where no linter notices.
#[derive(Debug, Parser)]
#[command(name = "infra-check", version)]
struct Cli {
    /// The template, in YAML or JSON
    file: PathBuf,
    /// Write the logical ids of deployments that what is deployed asks for
    #[arg(long)]
    fix: bool,
}

fn main() -> ExitCode {
    let Cli { file, fix } = Cli::parse();
    match run(&file, fix) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("infra-check: {}: {message}", file.display());
            ExitCode::from(2)
        }
    }
}

/// Prints the mistakes and returns their number.
fn run(file: &Path, fix: bool) -> Result<usize, String> {
    let mut text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    if fix {
        let repaired = infra_check::repair(&text).map_err(|error| error.to_string())?;
        if repaired != text {
            fs::write(file, &repaired).map_err(|error| error.to_string())?;
            println!("{}: named the deployment anew", file.display());
            text = repaired;
        }
    }
    let template = Template::read(&text).map_err(|error| error.to_string())?;
    let findings = infra_check::check(&template);
    for finding in &findings {
        println!("{}:{finding}", file.display());
    }
    match findings.len() {
        0 => println!("{}: {} rules, no mistake", file.display(), RULES.len()),
        1 => println!("1 mistake"),
        many => println!("{many} mistakes"),
    }
    Ok(findings.len())
}
