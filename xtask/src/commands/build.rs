//! `cargo xtask build`: the Rust code becomes pkg/build, and with the TypeScript of pkg/src the package in pkg/dist.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::setup::{npm, rust, tools};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    rust::ensure_wasm_target(workspace)?;
    tools::wasm_pack().ensure(workspace)?;
    tools::wasm_bindgen(workspace)?.ensure(workspace)?;
    npm::ensure_packages(workspace)?;

    println!("Building the package");
    let sh = &workspace.shell;
    sh.remove_path("pkg/build")?;
    cmd!(sh, "wasm-pack build --target web --release --no-pack --no-opt --no-gitignore --mode no-install")
        .args(["--out-dir", "pkg/build", "--out-name", "core", "."])
        .run()?;
    // Binaryen reads from target_features what it may use, so that section goes last. With --all-features it
    // would also use what no browser reads yet.
    let wasm = "pkg/build/core_bg.wasm";
    cmd!(sh, "wasm-opt -Oz --strip-debug --strip-producers --strip-target-features {wasm} -o {wasm}")
        .run()?;
    cmd!(sh, "node pkg/scripts/package.mjs").run()?;
    Ok(())
}

/// Builds the demonstration page into www/dist, from the package in pkg/dist.
pub(crate) fn page(workspace: &Workspace) -> Result<()> {
    println!("Building the page");
    cmd!(workspace.shell, "npm run build --workspace www").run()?;
    Ok(())
}

/// Builds the mock gateway, and says where its program is. Unoptimised: it is quick enough, and quicker to build.
pub(crate) fn gateway(workspace: &Workspace) -> Result<PathBuf> {
    println!("Building the mock gateway");
    cmd!(workspace.shell, "cargo build --package mock-gateway").run()?;
    Ok(workspace.target.join("debug/mock-gateway"))
}
