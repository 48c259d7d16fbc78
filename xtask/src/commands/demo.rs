//! `cargo xtask demo`: starts the demonstration page and the mock gateway.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use xshell::cmd;

use super::build;
use crate::background::{Background, free_port};
use crate::workspace::Workspace;

/// The options of `demo`. The gateway gets those that describe its limit.
#[derive(Args)]
pub(crate) struct Options {
    /// The refill rate of the gateway's buckets
    #[arg(long, default_value = "100/min")]
    rate: String,
    /// The capacity of the gateway's buckets, in requests
    #[arg(long, default_value = "200")]
    burst: String,
    /// Retry-After on a 429: computed, http-date, none, or seconds
    #[arg(long, default_value = "computed")]
    retry_after: String,
    /// Port of the gateway, or the next one that is free
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Port of the page, or the next one that is free
    #[arg(long, default_value_t = 4173)]
    page_port: u16,
    /// Start both servers, fetch from each once, and stop
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let program = build::demo(workspace)?;

    let interrupted = interruption()?;
    let (gateway, gateway_address) = start_gateway(workspace, &program, options)?;
    let (page, page_address) = start_page(workspace, options)?;
    println!("\nOpen {page_address}?gateway={gateway_address} (Ctrl-C stops the page and the gateway)");
    if options.check {
        fetch(&[&page_address, &gateway_address])
    } else {
        serve([gateway, page], &interrupted)
    }
}

fn start_gateway(workspace: &Workspace, program: &Path, options: &Options) -> Result<(Background, String)> {
    let Options { rate, burst, retry_after, .. } = options;
    let port = free_port(options.port)?.to_string();
    let flags = ["--rate", rate, "--burst", burst, "--retry-after", retry_after, "--port", &port];
    let command = cmd!(workspace.shell, "{program} {flags...}");
    Background::start("gateway", command.into(), "mock-gateway listening on ")
}

fn start_page(workspace: &Workspace, options: &Options) -> Result<(Background, String)> {
    let port = free_port(options.page_port)?.to_string();
    // Started without npm: a stop would end npm and leave the server.
    let vite = workspace.root.join("node_modules/vite/bin/vite.js");
    let command =
        cmd!(workspace.shell, "node {vite} preview www --host 127.0.0.1 --port {port} --strictPort");
    Background::start("page", command.env("NO_COLOR", "1").into(), "➜  Local:")
}

/// Receives Ctrl-C and SIGTERM.
fn interruption() -> Result<Receiver<()>> {
    let (interrupt, interrupted) = channel();
    ctrlc::set_handler(move || {
        // The receiver is gone once the demonstration is ending.
        let _ = interrupt.send(());
    })?;
    Ok(interrupted)
}

/// Waits for Ctrl-C, or for the end of a server.
fn serve(mut servers: [Background; 2], interrupted: &Receiver<()>) -> Result<()> {
    while interrupted.recv_timeout(Duration::from_millis(200)).is_err() {
        for server in &mut servers {
            if let Some(status) = server.ended()? {
                // Ctrl-C in a terminal also reaches the servers.
                if interrupted.recv_timeout(Duration::from_millis(200)).is_ok() {
                    return Ok(());
                }
                bail!("the {} ended: {status}", server.name);
            }
        }
    }
    Ok(())
}

fn fetch(addresses: &[&str]) -> Result<()> {
    for address in addresses {
        let response = minreq::get(*address)
            .with_timeout(10)
            .send()
            .with_context(|| format!("no answer from {address}"))?;
        ensure!(response.status_code < 500, "{address} answered {}", response.status_code);
        println!("{address} answered {}", response.status_code);
    }
    Ok(())
}
