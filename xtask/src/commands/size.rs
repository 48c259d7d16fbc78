//! `cargo xtask size`: weighs the package and other clients, gzipped in a bundle.

use anyhow::Result;
use xshell::cmd;

use super::build;
use crate::setup::rust;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    rust::warn_of_other_compiler(workspace)?;
    build::run(workspace)?;
    cmd!(workspace.shell, "node pkg/scripts/size.mjs").run()?;
    Ok(())
}
