//! A server that runs beside a task, and stops with it.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A running server. Dropping this stops it.
pub(crate) struct Background {
    pub(crate) name: &'static str,
    child: Child,
}

impl Background {
    /// Starts the server, and waits for the line that starts with `ready`. Returns the server and the rest of that line.
    pub(crate) fn start(name: &'static str, mut command: Command, ready: &str) -> Result<(Self, String)> {
        let child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start the {name}"))?;
        let mut server = Self { name, child };
        let output = server.child.stdout.take().with_context(|| format!("the {name} has no output"))?;
        let mut lines = BufReader::new(output).lines();
        for line in lines.by_ref() {
            let line = line?;
            let Some(rest) = line.trim_start().strip_prefix(ready) else {
                println!("{line}");
                continue;
            };
            // Reading goes on: a full pipe would block the server.
            thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
            return Ok((server, rest.trim().to_owned()));
        }
        bail!("the {name} ended before it was ready")
    }

    /// Starts a server that prints no ready line, and waits until it listens on `port` of this machine.
    pub(crate) fn listening(name: &'static str, mut command: Command, port: u16) -> Result<Self> {
        let child = command.spawn().with_context(|| format!("cannot start the {name}"))?;
        let mut server = Self { name, child };
        let deadline = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = server.ended()? {
                bail!("the {name} ended before it was ready: {status}");
            }
            if Instant::now() > deadline {
                bail!("the {name} does not listen after 30 s");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// The exit status of a server that has ended.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Both fail only if the server has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first free port from `wanted` upwards.
pub(crate) fn free_port(wanted: u16) -> Result<u16> {
    (wanted..=u16::MAX)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .with_context(|| format!("no port from {wanted} on is free"))
}
