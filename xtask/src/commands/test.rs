//! `cargo xtask test`: everything that can be tested here, and how many tests that was.

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

/// What `test` is asked for.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only these; all of them by default
    suites: Vec<Suite>,
    /// Engines that the browser, environment and end-to-end tests run in
    #[arg(long, value_enum, value_delimiter = ',', default_value = "chromium,firefox,webkit")]
    browsers: Vec<Engine>,
    /// Try the packed package in projects of every kind there is (takes some minutes), and nothing else
    #[arg(long, conflicts_with = "suites")]
    environments: bool,
    /// Run each step N times (at most 100) while every core is kept busy, and count each test's passes and failures
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    repeat: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Suite {
    /// The decisions, the gateway and the tasks, natively
    Native,
    /// The WebAssembly in each browser engine
    Browser,
    /// The npm package, as another project imports it, and against the mock gateway
    Package,
    /// The packed package in projects of the kinds that differ most
    Environments,
    /// The demonstration page and the gateway together: in Chromium, and the essence of it in each engine
    E2e,
}

/// Seconds that all tests of one binary may take in a browser.
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
                // Its driver is known as Safari's, which is asked for although it is there already.
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

/// The script says how many kinds of project that are.
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
