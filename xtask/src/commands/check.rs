//! `cargo xtask check`: everything that can be checked without running the code.

use std::io::{self, IsTerminal};

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use super::build;
use crate::house;
use crate::setup::python::ZIZMOR;
use crate::setup::rust::{self, WASM_TARGET};
use crate::setup::{npm, tools};
use crate::workspace::Workspace;

/// The options of `check`.
#[derive(Args)]
pub(crate) struct Options {
    /// Only the house rules: imports, circles, lengths, opening lines (takes a second)
    #[arg(long)]
    house: bool,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.house {
        return house::check(&workspace.root);
    }
    let sh = &workspace.shell;
    rust::warn_of_other_compiler(workspace)?;
    // The slowest steps come last: a misplaced comma is reported in the first seconds.
    rust::ensure_lint_tools(workspace)?;
    announce("format");
    cmd!(sh, "cargo fmt --all --check").run()?;

    announce("house rules");
    house::check(&workspace.root)?;

    npm::ensure_packages(workspace)?;
    announce("TypeScript, JavaScript, CSS");
    // If CI is set, Biome colours its output even in a file.
    let colors = if io::stdout().is_terminal() { "force" } else { "off" };
    cmd!(sh, "biome ci --colors={colors}").run()?;

    announce("workflows");
    let zizmor = ZIZMOR.ensure(workspace)?;
    cmd!(sh, "{zizmor} --offline --quiet --strict-collection .").quiet().run()?;

    rust::ensure_wasm_target(workspace)?;
    announce("Rust");
    cmd!(sh, "cargo clippy --workspace --all-targets -- --deny warnings").run()?;
    let wasm = ["--target", WASM_TARGET, "--package", "api-service-client", "--lib", "--test", "web*"];
    cmd!(sh, "cargo clippy {wasm...} -- --deny warnings").run()?;
    let gateway = ["--target", WASM_TARGET, "--package", "mock-gateway-wasm"];
    cmd!(sh, "cargo clippy {gateway...} -- --deny warnings").run()?;

    announce("documentation of the crates");
    let deny = ("RUSTDOCFLAGS", "--deny warnings");
    cmd!(sh, "cargo doc --workspace --no-deps").env(deny.0, deny.1).run()?;
    // Native builds compile no browser code.
    let wasm = ["--target", WASM_TARGET, "--package", "api-service-client"];
    cmd!(sh, "cargo doc --no-deps {wasm...}").env(deny.0, deny.1).run()?;

    tools::cargo_deny().ensure(workspace)?;
    announce("dependencies");
    cmd!(sh, "cargo deny --workspace check bans licenses sources").run()?;

    // The page and the tests take their types from the built package.
    build::run(workspace)?;
    announce("types");
    cmd!(sh, "npm run typecheck --workspaces --if-present").run()?;
    Ok(())
}

fn announce(step: &str) {
    println!("\n── {step} ──");
}
