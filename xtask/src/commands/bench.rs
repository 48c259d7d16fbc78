//! `cargo xtask bench`: compares the package with other clients, at a limit and in overhead.

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use super::build;
use crate::workspace::Workspace;

/// The options of `bench`.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this limit; may be repeated
    #[arg(long)]
    scenario: Vec<String>,
    /// Runs of each client at each limit
    #[arg(long)]
    seeds: Option<u32>,
    /// Run two of the limits, once each
    #[arg(long)]
    quick: bool,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    build::run(workspace)?;
    let sh = &workspace.shell;
    let scenarios = options.scenario.iter().flat_map(|name| ["--scenario", name]);
    let seeds = options.seeds.map(|seeds| format!("--seeds={seeds}"));
    let quick = options.quick.then_some("--quick");
    cmd!(sh, "node benches/peers/peers.mjs {quick...} {seeds...}").args(scenarios).run()?;

    if options.scenario.is_empty() {
        cmd!(sh, "node benches/overhead/overhead.mjs").run()?;
    }
    Ok(())
}
