//! `cargo xtask check`: what can be said about the code without running it.

use anyhow::Result;
use xshell::cmd;

use super::build;
use crate::setup::rust::{self, WASM_TARGET};
use crate::setup::{npm, tools};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    rust::ensure_lint_tools(workspace)?;
    rust::ensure_wasm_target(workspace)?;
    tools::cargo_deny().ensure(workspace)?;
    npm::ensure_packages(workspace)?;

    let sh = &workspace.shell;
    println!("── format ──");
    cmd!(sh, "cargo fmt --all --check").run()?;
    println!("── Rust ──");
    cmd!(sh, "cargo clippy --workspace --all-targets -- --deny warnings").run()?;
    cmd!(sh, "cargo clippy --package api-service-client --lib --test web* --target {WASM_TARGET} -- --deny warnings")
        .run()?;
    println!("── dependencies ──");
    cmd!(sh, "cargo deny --all-features check bans licenses sources").run()?;
    println!("── TypeScript, JavaScript, CSS ──");
    cmd!(sh, "biome ci").run()?;
    // The types of the page and the tests are those of the built package.
    build::run(workspace)?;
    cmd!(sh, "npm run typecheck --workspaces --if-present").run()?;
    Ok(())
}
