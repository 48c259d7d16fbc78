//! The project's tasks: `cargo xtask demo`, `test`, `build`, `check`, `simulate`, `bench`, `size`, `load`, `infra`. Each
//! first installs the missing tools, and prints a line for each of them.

mod background;
mod beside;
mod busy;
mod commands;
mod drivers;
mod engine;
mod house;
mod outcome;
mod repetition;
mod report;
mod setup;
mod tally;
mod tee;
mod visitor;
mod webkit;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The project's tasks")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the demonstration page and the mock gateway, until Ctrl-C
    Demo(commands::demo::Options),
    /// Run the tests: native, in browsers, of the package, end to end
    Test(commands::test::Options),
    /// Build the npm package into pkg/dist
    Build,
    /// Check format, house rules, lints, documentation, licences and types
    Check(commands::check::Options),
    /// Run the client against every kind of rate limit, in virtual time (--scenario A, --seeds 20, --trace, --plot DIR)
    #[command(disable_help_flag = true)]
    Simulate(commands::simulate::Options),
    /// Compare the package with other clients
    Bench(commands::bench::Options),
    /// Weigh the package and other clients, and fail if the package exceeds its budget
    Size,
    /// Load a gateway above its limit, and write a report
    Load(commands::load::Options),
    /// Check the template of the real gateway, or try to deploy it, without an account
    Infra(commands::infra::Options),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(Cli { command }: Cli) -> anyhow::Result<()> {
    let workspace = Workspace::open()?;
    match command {
        Command::Demo(options) => commands::demo::run(&workspace, &options),
        Command::Test(options) => commands::test::run(&workspace, &options),
        Command::Build => commands::build::run(&workspace),
        Command::Check(options) => commands::check::run(&workspace, &options),
        Command::Simulate(options) => commands::simulate::run(&workspace, &options),
        Command::Bench(options) => commands::bench::run(&workspace, &options),
        Command::Size => commands::size::run(&workspace),
        Command::Load(options) => commands::load::run(&workspace, &options),
        Command::Infra(options) => commands::infra::run(&workspace, &options),
    }
}
