//! The program `mock-gateway`: prints its address on stdout, and runs until it is stopped.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bad flag or a taken port is an error message, not a panic"
)]

mod cli;
mod files;
mod key_set;
mod stop;
mod template_file;

use clap::Parser;
use cli::Cli;
use mock_gateway::server::Server;
use std::io::Write;
use std::process::ExitCode;
use template_file::TemplateFile;

/// The exit status for wrong usage, as in shells and clap.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // `--help` or `--version`.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            // The first paragraph describes the mistake. Tips and usage follow after an empty line.
            let message = error.to_string();
            let lines = message.lines().take_while(|line| !line.is_empty()).map(str::trim);
            return refuse(lines.collect::<Vec<_>>().join(" ").trim_start_matches("error: "));
        }
    };
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => refuse(&message),
    }
}

async fn run(cli: Cli) -> Result<(), String> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(cli.log).init();
    let address = cli.address();
    let template = TemplateFile::open(&cli)?;
    let limits = cli.limits(template.as_ref().map(TemplateFile::read).transpose()?)?;
    let server = Server::bind(address, cli.settings(limits).await?)
        .await
        .map_err(|error| format!("cannot listen on {address} (--host, --port): {error}"))?;
    // Signals are handled before the ready line is printed: a reader of the line may stop the program at once.
    let stop = stop::told().map_err(|error| format!("cannot listen to signals: {error}"))?;
    if let Some(template) = template {
        let follow = template.follow(cli, server.reloader());
        tokio::spawn(follow.map_err(|error| format!("cannot listen to signals: {error}"))?);
    }
    let ready = writeln!(std::io::stdout(), "mock-gateway listening on http://{}", server.address());
    if let Err(error) = ready {
        tracing::warn!("cannot say on stdout where it listens: {error}");
    }
    server.run(stop).await;
    Ok(())
}

fn refuse(message: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "mock-gateway: {message}");
    ExitCode::from(USAGE)
}
