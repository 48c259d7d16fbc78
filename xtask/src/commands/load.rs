//! `cargo xtask load`: measures a gateway above its limit, with clients of both kinds and with a flood.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use xshell::cmd;

use super::build;
use crate::setup::browsers;
use crate::setup::python::MINISTACK;
use crate::workspace::Workspace;

/// The options of `load`. The scenario's own options are passed on.
#[derive(Args)]
pub(crate) struct Options {
    /// The gateway: mock, ministack, or the URL of a stage
    #[arg(long, default_value = "mock")]
    target: String,
    /// Run for 15 s on an unoptimised gateway, and check the exact claims only
    #[arg(long)]
    smoke: bool,
    /// Run the clients in web workers of a headless Chromium instead of threads of Node
    #[arg(long)]
    browser: bool,
    /// The file of the report [default: load/report.html in Cargo's target folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// --header 'x-api-key: KEY', --rate (a second), --burst, --workers, --requests, --flood-rate, --flood-seconds
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    scenario: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    build::run(workspace)?;
    let sh = &workspace.shell;
    let Options { target, scenario, .. } = options;
    match target.as_str() {
        "mock" => sh.set_var("MOCK_GATEWAY", gateway(workspace, options.smoke)?),
        "ministack" => sh.set_var("MINISTACK", MINISTACK.ensure(workspace)?.with_file_name("python")),
        _ => {}
    }
    if options.browser {
        sh.set_var("CHROMIUM", browsers::ensure_chromium(workspace)?);
    }
    let smoke = options.smoke.then_some("--smoke");
    let browser = options.browser.then_some("--browser");
    let out = options.out.clone().unwrap_or_else(|| workspace.target.join("load/report.html"));
    // Quiet, since a header may hold a secret.
    cmd!(sh, "node tests/load/load.mjs --target {target} --out {out} {smoke...} {browser...} {scenario...}")
        .quiet()
        .run()
        .context("the run failed, or a claim does not hold")
}

/// Builds the mock gateway, optimised unless this is a smoke test.
fn gateway(workspace: &Workspace, smoke: bool) -> Result<PathBuf> {
    if smoke {
        return build::gateway(workspace);
    }
    println!("Building the mock gateway, optimised");
    cmd!(workspace.shell, "cargo build --profile sim --package mock-gateway").run()?;
    Ok(workspace.target.join("sim/mock-gateway"))
}
