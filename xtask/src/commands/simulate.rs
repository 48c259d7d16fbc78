//! `cargo xtask simulate`: runs the client against every kind of rate limit, in virtual time.

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use crate::workspace::Workspace;

/// The flags of the simulator, passed on unread.
#[derive(Args)]
pub(crate) struct Options {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    flags: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let flags = &options.flags;
    cmd!(workspace.shell, "cargo run --quiet --profile sim --package simulation -- {flags...}").run()?;
    Ok(())
}
