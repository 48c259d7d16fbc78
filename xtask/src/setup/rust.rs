//! Parts of the Rust toolchain that a minimal installation leaves out.

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;

/// The target that the package is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The standard library for WebAssembly.
pub(crate) fn ensure_wasm_target(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.shell;
    let sysroot = cmd!(sh, "rustc --print sysroot").quiet().read()?;
    if sh.path_exists(format!("{sysroot}/lib/rustlib/{WASM_TARGET}")) {
        return Ok(());
    }
    println!("Adding the Rust target {WASM_TARGET}");
    cmd!(sh, "rustup target add {WASM_TARGET}")
        .run()
        .context("the wasm32 target needs rustup, see https://rustup.rs")
}

/// rustfmt and Clippy.
pub(crate) fn ensure_lint_tools(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.shell;
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if cmd!(sh, "{program} --version").quiet().ignore_stderr().read().is_err() {
            println!("Adding the Rust component {component}");
            cmd!(sh, "rustup component add {component}").run()?;
        }
    }
    Ok(())
}
