//! `cargo xtask test`: runs the test suites, and counts their tests.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use clap::{Args, ValueEnum};
use xshell::cmd;

use super::build;
use crate::background::free_port;
use crate::drivers::Drivers;
use crate::engine::Engine;
use crate::report::Report;
use crate::setup::{browsers, rust, tools};
use crate::visitor::Visitor;
use crate::webkit::Webkit;
use crate::workspace::Workspace;

/// The options of `test`.
#[derive(Args)]
pub(crate) struct Options {
    /// The suites to run [default: all]
    suites: Vec<Suite>,
    /// Engines that the browser, environment and end-to-end tests run in
    #[arg(long, value_enum, value_delimiter = ',', default_value = "chromium,firefox,webkit")]
    browsers: Vec<Engine>,
    /// Only try the packed package in projects of every kind (takes some minutes)
    #[arg(long, conflicts_with = "suites")]
    environments: bool,
    /// Run each step N times (at most 100) while every core is kept busy, and count each test's passes and failures
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    repeat: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Suite {
    /// The core, the gateway, the simulator, the template check and the tasks, natively
    Native,
    /// The shell as WebAssembly, in each browser engine
    Browser,
    /// The npm package in Node: as an import, against the mock gateway, in the recipes
    Package,
    /// The packed package in projects of the most different kinds
    Environments,
    /// The demonstration page with the gateway: all tests in Chromium, the main ones in each engine
    E2e,
}

/// The time limit of one test binary in a browser, in seconds.
const BROWSER_TIMEOUT: &str = "180";

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut report = Report::new(options.repeat);
    if options.environments {
        environments(workspace, &options.browsers, "test:all", &mut report)?;
        return report.finish();
    }
    let suites = if options.suites.is_empty() { Suite::value_variants() } else { &options.suites };
    for suite in suites {
        let (name, outcome) = match suite {
            Suite::Native => ("native", native(workspace, &mut report)),
            Suite::Browser => ("browser", in_browsers(workspace, &options.browsers, &mut report)),
            Suite::Package => ("package", package(workspace, &mut report)),
            Suite::Environments => {
                ("environments", environments(workspace, &options.browsers, "test", &mut report))
            }
            Suite::E2e => ("e2e", end_to_end(workspace, &options.browsers, &mut report)),
        };
        if let Err(error) = outcome {
            report.did_not_run(name, &error);
        }
    }
    report.finish()
}

fn native(workspace: &Workspace, report: &mut Report) -> Result<()> {
    let sh = &workspace.shell;
    let has_nextest = cmd!(sh, "cargo nextest --version").quiet().ignore_stderr().read().is_ok();
    if has_nextest {
        report.step("native tests", cmd!(sh, "cargo nextest run --workspace --no-fail-fast"))?;
        report.step("examples in the documentation", cmd!(sh, "cargo test --workspace --doc --no-fail-fast"))
    } else {
        report.step("native tests and examples", cmd!(sh, "cargo test --workspace --no-fail-fast"))
    }
}

fn in_browsers(workspace: &Workspace, engines: &[Engine], report: &mut Report) -> Result<()> {
    rust::ensure_wasm_target(workspace)?;
    tools::wasm_pack().ensure(workspace)?;
    tools::wasm_bindgen(workspace)?.ensure(workspace)?;
    let server = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port(8_500)?));
    let _visitor = Visitor::of(server);
    for engine in engines {
        match engine {
            Engine::Chromium => {
                browsers::ensure_chromium_driver(workspace)?;
                report.step("tests in Chromium", wasm_tests(workspace, server, &["--chrome"]))?;
            }
            Engine::Firefox => {
                browsers::ensure_firefox(workspace)?;
                tools::geckodriver().ensure(workspace)?;
                report.step("tests in Firefox", wasm_tests(workspace, server, &["--firefox"]))?;
            }
            Engine::Webkit => {
                let webkit = Webkit::start(workspace)?;
                // wasm-pack knows this driver as Safari's, and wants its program even if it runs already.
                let command =
                    wasm_tests(workspace, server, &["--safari", "--safaridriver", "WebKitWebDriver"]);
                report.step("tests in WebKit", command.env("SAFARIDRIVER_REMOTE", &webkit.url))?;
            }
        }
    }
    Ok(())
}

fn wasm_tests<'sh>(workspace: &'sh Workspace, server: SocketAddr, browser: &[&str]) -> xshell::Cmd<'sh> {
    cmd!(workspace.shell, "wasm-pack test --headless {browser...} --mode no-install . --test web*")
        .env("WASM_BINDGEN_TEST_ADDRESS", server.to_string())
        .env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT)
}

fn package(workspace: &Workspace, report: &mut Report) -> Result<()> {
    build::run(workspace)?;
    let sh = &workspace.shell;
    report.step("contract tests of the package", cmd!(sh, "npm test --workspace tests/contract"))?;
    report.step("tests of the React bindings", cmd!(sh, "npm test --workspace tests/react"))?;
    report.step("recipes", cmd!(sh, "npm test --workspace tests/recipes"))?;
    report.step("the package and the simulation", cmd!(sh, "npm test --workspace benches"))?;
    let gateway = build::gateway(workspace)?;
    let against = cmd!(sh, "npm test --workspace tests/interop").env("MOCK_GATEWAY", gateway);
    report.step("the package against the mock gateway", against)?;
    report.step("the load scenario", cmd!(sh, "npm test --workspace tests/load"))
}

/// Runs the suite `tests/environments`: its script `test` tries a choice of projects, `test:all` every project.
fn environments(workspace: &Workspace, engines: &[Engine], script: &str, report: &mut Report) -> Result<()> {
    build::run(workspace)?;
    let drivers = Drivers::start(workspace, engines)?;
    let command = cmd!(workspace.shell, "npm run {script} --workspace tests/environments");
    report.step("the package in projects of every kind", command.envs(drivers.environment()))
}

fn end_to_end(workspace: &Workspace, engines: &[Engine], report: &mut Report) -> Result<()> {
    build::run(workspace)?;
    build::page(workspace)?;
    let gateway = build::gateway(workspace)?;
    let drivers = Drivers::start(workspace, engines)?;
    let command = cmd!(workspace.shell, "npm test --workspace tests/e2e").env("MOCK_GATEWAY", gateway);
    report.step("end-to-end tests", command.envs(drivers.environment()))
}
