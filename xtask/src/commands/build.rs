//! `cargo xtask build`: the Rust code becomes pkg/build, and with the TypeScript of pkg/src the package in pkg/dist.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::setup::rust::{self, WASM_TARGET};
use crate::setup::{npm, tools};
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    rust::ensure_wasm_target(workspace)?;
    tools::wasm_pack().ensure(workspace)?;
    tools::wasm_bindgen(workspace)?.ensure(workspace)?;
    npm::ensure_packages(workspace)?;

    println!("Building the package");
    let sh = &workspace.shell;
    sh.remove_path("pkg/build")?;
    web_assembly(workspace, ".", "pkg/build")?;
    // What `api-service-client/testing` runs.
    web_assembly(workspace, "tests/gateway/wasm", "pkg/build/gateway")?;
    cmd!(sh, "node pkg/scripts/package.mjs").run()?;
    Ok(())
}

/// Compiles a crate into `output`: `core_bg.wasm`, and `core.js` as its glue.
fn web_assembly(workspace: &Workspace, krate: &str, output: &str) -> Result<()> {
    let sh = &workspace.shell;
    let flags = format!("target.{WASM_TARGET}.rustflags={:?}", flags()?);
    // wasm-pack takes the folder of the output from the crate's own.
    let out_dir = workspace.root.join(output);
    cmd!(sh, "wasm-pack build --target web --release --no-pack --no-opt --no-gitignore --mode no-install")
        .arg("--out-dir")
        .arg(out_dir)
        .args(["--out-name", "core", krate, "--config", &flags])
        .run()?;
    // Binaryen reads from target_features what it may use, so that section goes last. With --all-features it
    // would also use what no browser reads yet.
    let wasm = format!("{output}/core_bg.wasm");
    cmd!(
        sh,
        "wasm-opt {SMALLER...} --strip-debug --strip-producers --strip-target-features {wasm} -o {wasm}"
    )
    .run()?;
    Ok(())
}

/// What makes the module smaller once it is compressed. Functions in the order of their names stand beside their like,
/// which gzip finds: worth more than the shorter numbers of those that are called most. The lowest kilobyte is the last
/// of the stack, and holds nothing that an address is made from.
const SMALLER: [&str; 7] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--reorder-functions-by-name",
];

/// Inlining and unrolling cost bytes. There is no way to turn either off but by the optimiser's own name for it.
const AGAINST_BYTES: [&str; 2] = ["-Cllvm-args=-inline-threshold=5", "-Cllvm-args=-unroll-threshold=0"];

fn flags() -> Result<Vec<String>> {
    let mut flags = flags_against_paths()?;
    flags.extend(AGAINST_BYTES.map(str::to_owned));
    Ok(flags)
}

/// A panic's place is compiled in: without the folder that cargo keeps its sources in, which differs from machine
/// to machine, and would be paid for by every page.
fn flags_against_paths() -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.context("the home folder is unknown")?.join("registry/src");
    let registries = fs::read_dir(&sources).with_context(|| format!("{}", sources.display()))?;
    registries.map(|registry| Ok(format!("--remap-path-prefix={}/=", registry?.path().display()))).collect()
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
