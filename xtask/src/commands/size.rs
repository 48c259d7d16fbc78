//! `cargo xtask size`: what a page grows by, gzipped, beside what others weigh.

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
