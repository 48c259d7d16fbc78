//! Parts of the Rust toolchain that a minimal installation leaves out.

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;

/// The target that the package is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The compiler that the size budgets were measured with: another one makes some bytes more or fewer.
const MEASURED_WITH: &str = "1.95.0";

/// Prints a line if the machine has another compiler.
pub(crate) fn warn_of_other_compiler(workspace: &Workspace) -> Result<()> {
    let answer = cmd!(workspace.shell, "rustc --version").quiet().read()?;
    if let Some(version) = other_version(&answer) {
        println!(
            "warning: this is Rust {version}, and the size budgets were measured with {MEASURED_WITH}: sizes may differ"
        );
    }
    Ok(())
}

/// The version in `rustc 1.95.0 (59807616e 2026-04-14)`, unless it is the measured one.
fn other_version(answer: &str) -> Option<&str> {
    answer.split_whitespace().nth(1).filter(|version| *version != MEASURED_WITH)
}

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

/// The sources of the standard library. Says whether they are there, since rustup needs a network to add them.
pub(crate) fn ensure_library_sources(workspace: &Workspace) -> Result<bool> {
    let sh = &workspace.shell;
    let sysroot = cmd!(sh, "rustc --print sysroot").quiet().read()?;
    if sh.path_exists(format!("{sysroot}/lib/rustlib/src/rust/library/std/Cargo.toml")) {
        return Ok(true);
    }
    println!("Adding the Rust component rust-src");
    Ok(cmd!(sh, "rustup component add rust-src").quiet().run().is_ok())
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

#[cfg(test)]
mod tests {
    use super::{MEASURED_WITH, other_version};

    #[test]
    fn only_another_version_is_told() {
        assert_eq!(other_version(&format!("rustc {MEASURED_WITH} (59807616e 2026-04-14)")), None);
        assert_eq!(other_version("rustc 1.96.0-beta.2 (aaaaaaaaa 2026-05-01)"), Some("1.96.0-beta.2"));
    }

    #[test]
    fn the_workflows_build_with_the_measured_version() {
        for workflow in [
            include_str!("../../../.github/workflows/ci.yml"),
            include_str!("../../../.github/workflows/release.yml"),
        ] {
            assert!(workflow.contains(&format!("RUSTUP_TOOLCHAIN: \"{MEASURED_WITH}\"")));
        }
    }
}
