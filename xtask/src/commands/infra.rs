//! `cargo xtask infra check | mutants | deploy-test`: checks the template of the real gateway without an account.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use xshell::cmd;

use super::build;
use crate::setup::python::{CFN_LINT, MINISTACK};
use crate::workspace::Workspace;

/// The options of `infra`.
#[derive(Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Look for mistakes with the project's own rules and with cfn-lint
    Check {
        /// Update the digest in the deployment's logical id
        #[arg(long)]
        fix: bool,
    },
    /// Change the template in every plausible way, and fail if neither the rules nor cfn-lint notice
    Mutants {
        /// Print every change that is noticed, with the rule that it breaks
        #[arg(long)]
        verbose: bool,
    },
    /// Deploy the template to an imitation of Amazon's services, and call the API directly and with the package
    DeployTest,
}

const TEMPLATE: &str = "infra/template.yaml";

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    match options.task {
        Task::Check { fix } => check(workspace, fix),
        Task::Mutants { verbose } => mutants(workspace, verbose),
        Task::DeployTest => deploy_test(workspace),
    }
}

fn check(workspace: &Workspace, fix: bool) -> Result<()> {
    let sh = &workspace.shell;
    let fix = fix.then_some("--fix");
    let own = cmd!(sh, "cargo run --quiet --package infra-check -- {fix...} {TEMPLATE}").quiet().run();
    // Both run: each finds mistakes that the other does not know.
    let cfn_lint = CFN_LINT.ensure(workspace)?;
    let linted = cmd!(sh, "{cfn_lint} {TEMPLATE}").quiet().run();
    if own.is_err() || linted.is_err() {
        bail!("the template has mistakes");
    }
    println!("{TEMPLATE}: no mistakes for cfn-lint");
    Ok(())
}

fn mutants(workspace: &Workspace, verbose: bool) -> Result<()> {
    let python = CFN_LINT.ensure(workspace)?.with_file_name("python");
    let verbose = verbose.then_some("--verbose");
    let arguments = ["--equivalents", "infra/mutants/equivalents.yaml"];
    let sh = &workspace.shell;
    cmd!(sh, "cargo run --quiet --package infra-mutants -- {TEMPLATE} {arguments...} --python {python} {verbose...}")
        .quiet()
        .run()
        .context("a change of the template goes unnoticed, or the list of those that make no difference is stale")
}

fn deploy_test(workspace: &Workspace) -> Result<()> {
    let python = MINISTACK.ensure(workspace)?.with_file_name("python");
    let sh = &workspace.shell;
    let deployed = cmd!(sh, "{python} infra/test/deploy_test.py").quiet().run();
    // The same tests that `cargo xtask test` runs against the mock gateway.
    build::run(workspace)?;
    let client = cmd!(sh, "npm test --workspace tests/interop").env("MINISTACK", python).quiet().run();
    if deployed.is_err() || client.is_err() {
        bail!("the deployed API does not behave as the template says");
    }
    Ok(())
}
