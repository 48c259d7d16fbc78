//! `cargo xtask check`: what can be said about the code without running it.

use std::io::{self, IsTerminal};

use anyhow::Result;
use xshell::cmd;

use super::build;
use crate::setup::rust::{self, WASM_TARGET};
use crate::setup::{npm, tools};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.shell;
    // What takes longest comes last, so that a misplaced comma does not have to wait for it.
    rust::ensure_lint_tools(workspace)?;
    announce("format");
    cmd!(sh, "cargo fmt --all --check").run()?;

    npm::ensure_packages(workspace)?;
    announce("TypeScript, JavaScript, CSS");
    // It colours even a file, where CI is set.
    let colors = if io::stdout().is_terminal() { "force" } else { "off" };
    cmd!(sh, "biome ci --colors={colors}").run()?;

    rust::ensure_wasm_target(workspace)?;
    announce("Rust");
    cmd!(sh, "cargo clippy --workspace --all-targets -- --deny warnings").run()?;
    let wasm = ["--target", WASM_TARGET, "--package", "api-service-client", "--lib", "--test", "web*"];
    cmd!(sh, "cargo clippy {wasm...} -- --deny warnings").run()?;
    let gateway = ["--target", WASM_TARGET, "--package", "mock-gateway-wasm"];
    cmd!(sh, "cargo clippy {gateway...} -- --deny warnings").run()?;

    tools::cargo_deny().ensure(workspace)?;
    announce("dependencies");
    cmd!(sh, "cargo deny --workspace check bans licenses sources").run()?;

    // The types of the page and of the tests are those of the built package.
    build::run(workspace)?;
    announce("types");
    cmd!(sh, "npm run typecheck --workspaces --if-present").run()?;
    Ok(())
}

fn announce(step: &str) {
    println!("\n── {step} ──");
}
