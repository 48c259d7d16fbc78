//! `cargo xtask bench`: the package beside what else there is, in what it does about a limit and in what it costs.

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use super::build;
use crate::workspace::Workspace;

/// What `bench` is asked for.
#[derive(Args)]
pub(crate) struct Options {
    /// Against only this limit, and nothing else; may be given several times
    #[arg(long)]
    scenario: Vec<String>,
    /// How often each library meets each limit
    #[arg(long)]
    seeds: Option<u32>,
    /// Two of the limits, once each
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
