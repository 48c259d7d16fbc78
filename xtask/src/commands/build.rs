//! `cargo xtask build`: compiles the Rust code into pkg/build, and bundles it with pkg/src into the package in pkg/dist.

use std::path::PathBuf;
use std::{env, fs, iter};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::beside::Beside;
use crate::setup::npm;
use crate::setup::rust::{self, WASM_TARGET};
use crate::workspace::Workspace;

/// A crate that becomes a WebAssembly module.
struct Module {
    krate: &'static str,
    /// The crate's name in the name of the compiled file.
    file: &'static str,
    /// The folder of `core_bg.wasm` and of `core.js`, its glue.
    output: &'static str,
}

const CLIENT: Module =
    Module { krate: "api-service-client", file: "api_service_client", output: "pkg/build" };

/// The module behind `api-service-client/testing`.
const GATEWAY: Module =
    Module { krate: "mock-gateway-wasm", file: "mock_gateway_wasm", output: "pkg/build/gateway" };

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    modules(workspace, Some(GATEWAY), &[], StandardLibrary::Rebuilt)?;
    for module in [CLIENT, GATEWAY] {
        shrink(workspace, &module)?;
    }
    println!("Bundling the package");
    cmd!(workspace.shell, "node pkg/scripts/package.mjs").run()?;
    Ok(())
}

/// Builds what the demonstration page runs, and the mock gateway. Returns the gateway's program.
///
/// The page needs neither the types, nor the entry point for tests, nor a small module: pkg/dist then holds no
/// complete package, and `run` builds it anew.
pub(crate) fn demo(workspace: &Workspace) -> Result<PathBuf> {
    modules(workspace, None, &["--package", "mock-gateway"], StandardLibrary::Shipped)?;
    println!("Bundling the client");
    cmd!(workspace.shell, "node pkg/scripts/package.mjs --demo").run()?;
    page(workspace)?;
    Ok(gateway_program(workspace))
}

/// Compiles the client and a further module, and writes their glue. `natively` names further packages that the compiler
/// builds beside them.
fn modules(
    workspace: &Workspace,
    further: Option<Module>,
    natively: &[&str],
    wanted: StandardLibrary,
) -> Result<()> {
    let sh = &workspace.shell;
    rust::ensure_wasm_target(workspace)?;
    // Packages come over the network, and the compiler's last steps use one core: all three run at the same time.
    // The two compilers do not wait for each other, since cargo locks the folder of one profile only.
    let packages = npm::start_packages(workspace)?;
    let native = cmd!(sh, "cargo build --quiet --package glue {natively...}").quiet();
    let native = Beside::start("the native build", native.into())?;
    println!("Compiling to WebAssembly");
    let library = compile_client(workspace, wanted)?;
    if let Some(module) = &further {
        // Not with its own standard library: a crate of the gateway's is part of that too, in another version.
        compile(workspace, module, &[], &flags(workspace)?)?;
    }
    native.finish()?;
    sh.remove_path("pkg/build")?;
    let (glue, compiled) = (workspace.target.join("debug/glue"), workspace.target.join(WASM_TARGET));
    for Module { file, output, .. } in iter::once(CLIENT).chain(further) {
        let wasm = compiled.join(format!("release/{file}.wasm"));
        cmd!(sh, "{glue} {wasm} {output}").quiet().run()?;
    }
    if library == StandardLibrary::Shipped {
        sh.write_file(SHIPPED_LIBRARY, "")?;
    }
    packages.map_or(Ok(()), Beside::finish)
}

/// The standard library within the client's module.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StandardLibrary {
    /// Compiled with the module, for size and without the messages of panics.
    Rebuilt,
    /// As rustup ships it, compiled for speed.
    Shipped,
}

/// The mark of a build with the shipped standard library: pkg/scripts/size.mjs gives it a larger budget.
const SHIPPED_LIBRARY: &str = "pkg/build/shipped-standard-library";

/// Compiles the client, and the standard library with it if that is `wanted`: that saves 2.8 kB gzipped. If it fails,
/// the shipped library does.
fn compile_client(workspace: &Workspace, wanted: StandardLibrary) -> Result<StandardLibrary> {
    if wanted == StandardLibrary::Rebuilt {
        let problem = if rust::ensure_library_sources(workspace)? {
            match compile_with_library(workspace) {
                Ok(()) => return Ok(StandardLibrary::Rebuilt),
                Err(error) => format!("{error:#}"),
            }
        } else {
            "the component rust-src is missing".to_owned()
        };
        println!("warning: {problem}: with the shipped standard library, the client weighs 2.8 kB more");
    }
    compile(workspace, &CLIENT, &[], &flags(workspace)?)?;
    Ok(StandardLibrary::Shipped)
}

fn compile_with_library(workspace: &Workspace) -> Result<()> {
    // An unstable option of cargo, which a stable compiler allows if this variable is set.
    let _bootstrap = workspace.shell.push_env("RUSTC_BOOTSTRAP", "1");
    let std = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
    let mut flags = flags(workspace)?;
    flags.extend(WITHOUT_PANIC_MESSAGES.map(str::to_owned));
    compile(workspace, &CLIENT, &std, &flags)
}

fn compile(workspace: &Workspace, module: &Module, options: &[&str], flags: &[String]) -> Result<()> {
    let krate = module.krate;
    let flags = format!("target.{WASM_TARGET}.rustflags={flags:?}");
    let wasm = ["--release", "--lib", "--target", WASM_TARGET, "--config", &flags];
    cmd!(workspace.shell, "cargo build --package {krate} {options...} {wasm...}").quiet().run()?;
    Ok(())
}

/// Makes a module small with Binaryen.
fn shrink(workspace: &Workspace, Module { output, .. }: &Module) -> Result<()> {
    println!("Shrinking {output}/core_bg.wasm");
    // Binaryen reads from target_features which instructions it may use, and removes that section at the end.
    // With --all-features it would use instructions that no browser reads yet.
    let wasm = format!("{output}/core_bg.wasm");
    let strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
    cmd!(workspace.shell, "wasm-opt {SMALLER...} {strip...} {wasm} -o {wasm}").quiet().run()?;
    Ok(())
}

/// The passes that make the compressed module smaller. Functions sorted by name stand beside similar ones, which gzip
/// finds: that saves more than short indices for the functions that are called most. No address is made from the lowest
/// kilobyte, since it is the end of the stack.
const SMALLER: [&str; 7] = [
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--reorder-functions-by-name",
];

/// Turn off inlining and unrolling, which cost bytes. Only LLVM's own options can turn them off.
const AGAINST_BYTES: [&str; 2] = ["-Cllvm-args=-inline-threshold=5", "-Cllvm-args=-unroll-threshold=0"];

/// A panic traps at once. Nothing would show its message, which the formatting alone makes heavy.
const WITHOUT_PANIC_MESSAGES: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

fn flags(workspace: &Workspace) -> Result<Vec<String>> {
    let mut flags = flags_against_paths()?;
    flags.push(flag_against_library_path(workspace)?);
    flags.extend(AGAINST_BYTES.map(str::to_owned));
    Ok(flags)
}

/// Removes the folder of cargo's sources from the paths that panics print. The folder differs between machines, and
/// every page would download it.
fn flags_against_paths() -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.context("the home folder is unknown")?.join("registry/src");
    let registries = fs::read_dir(&sources).with_context(|| format!("{}", sources.display()))?;
    registries.map(|registry| Ok(format!("--remap-path-prefix={}/=", registry?.path().display()))).collect()
}

/// Names the sources of the standard library as a toolchain does that lacks them. With the component `rust-src`, panics
/// would print the folder of the toolchain.
fn flag_against_library_path(Workspace { shell, .. }: &Workspace) -> Result<String> {
    let sysroot = cmd!(shell, "rustc --print sysroot").read()?;
    let version = cmd!(shell, "rustc --version --verbose").read()?;
    let hash = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let hash = hash.context("rustc names no commit")?;
    Ok(format!("--remap-path-prefix={sysroot}/lib/rustlib/src/rust=/rustc/{hash}"))
}

/// Builds the demonstration page into www/dist, from the package in pkg/dist.
pub(crate) fn page(workspace: &Workspace) -> Result<()> {
    println!("Building the page");
    cmd!(workspace.shell, "npm run build --workspace www").quiet().run()?;
    Ok(())
}

/// Builds the mock gateway without optimisation, which compiles sooner. Returns its program.
pub(crate) fn gateway(workspace: &Workspace) -> Result<PathBuf> {
    println!("Building the mock gateway");
    cmd!(workspace.shell, "cargo build --package mock-gateway").run()?;
    Ok(gateway_program(workspace))
}

fn gateway_program(workspace: &Workspace) -> PathBuf {
    workspace.target.join("debug/mock-gateway")
}
